import type { AppName } from '@laurel/contracts';
import { type ConsumerState, type MessagingOptions, createMessaging } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import { TcpProxy, createDatabase, waitFor, watchMachine } from '@laurel/testing';
import { Module } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { CreateIdempotency1770000000003 } from '../idempotency/idempotency.migration.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { DatabaseProbe } from './database-probe.ts';
import type { HealthReport } from './health-report.ts';

// No contract names it: every real service consumes something, and this one is about something else.
const nobody = 'nobody' as AppName;

@Module({})
class EmptyModule {}

let proxy: TcpProxy;
let databaseUrl: string;
let service: Service | undefined;
let consumers: ConsumerState[];
let log: string;

beforeEach(async () => {
  const url = new URL(await createDatabase(inject('stack').postgresUrl, 'health'));
  proxy = await TcpProxy.start({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  databaseUrl = url.href;
  consumers = [];
  log = '';
});
afterEach(async () => {
  proxy.restore();
  await service?.stop();
  service = undefined;
  await proxy.stop();
});

async function create(): Promise<Service> {
  service = await createService(
    { name: nobody, settings: z.object({}), database: { migrations: [] }, module: EmptyModule },
    {
      LAUREL_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: inject('stack').brokers.join(','),
    },
    {
      logDestination: { write: (line) => void (log += line) },
      messaging: (options: MessagingOptions) => ({ ...createMessaging(options), health: () => consumers }),
    },
  );
  return service;
}

async function ask(url: string, kind: 'live' | 'ready'): Promise<{ status: number; report: HealthReport }> {
  const answer = await fetch(`${url}/health/${kind}`);
  return { status: answer.status, report: (await answer.json()) as HealthReport };
}

describe('ready', () => {
  it('lists the database, turns with it, and leaves live alone', async () => {
    const url = await (await create()).start();
    const { status, report } = await ask(url, 'ready');
    expect(status).toBe(200);
    expect(report).toEqual({
      status: 'ok',
      reasons: [],
      dependencies: [{ name: 'database', state: 'works', since: expect.stringMatching(/Z$/) as unknown }],
      consumers: [],
    });

    proxy.cut();
    const away = await waitFor(
      'not ready',
      () => ask(url, 'ready'),
      (seen) => seen.status === 503,
    );
    expect(away.report.dependencies).toMatchObject([{ name: 'database', state: 'waits', on: 'a connection' }]);
    expect(away.report.reasons).toEqual([expect.stringMatching(/^database waits since .*: a connection$/)]);
    expect((await ask(url, 'live')).status).toBe(200);

    proxy.restore();
    const [back, limitOf] = [performance.now(), watchMachine()];
    await waitFor(
      'ready again',
      () => ask(url, 'ready'),
      (seen) => seen.status === 200,
    );
    expect((performance.now() - back) / 1_000).toBeLessThan(limitOf(3));
  });

  it('does not wait long for a database that says nothing', async () => {
    const url = await (await create()).start();
    await ask(url, 'ready');
    proxy.loseAnswers();
    const [begin, limitOf] = [performance.now(), watchMachine()];
    const silent = await waitFor(
      'not ready',
      () => ask(url, 'ready'),
      (seen) => seen.status === 503,
    );
    expect(silent.report.dependencies).toMatchObject([{ on: 'an answer within 2 s' }]);
    expect((performance.now() - begin) / 1_000).toBeLessThan(limitOf(3.5));
  });

  it('tells what each consumer group does; live minds only those that are stuck', async () => {
    const url = await (await create()).start();
    const since = new Date('2026-03-01T12:00:00Z');
    consumers = [{ group: 'lms.course.completed', state: 'works', since }];
    expect((await ask(url, 'ready')).status).toBe(200);

    consumers = [{ group: 'lms.course.completed', state: 'waits', on: 'kafka', since }];
    const waits = await ask(url, 'ready');
    expect(waits).toMatchObject({
      status: 503,
      report: {
        reasons: ['lms.course.completed waits since 2026-03-01T12:00:00.000Z: kafka'],
        consumers: [{ name: 'lms.course.completed', state: 'waits', on: 'kafka', since: since.toISOString() }],
      },
    });
    expect((await ask(url, 'live')).status).toBe(200);

    consumers = [{ group: 'lms.course.completed', state: 'stuck', on: 'silence', since }];
    expect((await ask(url, 'ready')).status).toBe(503);
    expect(await ask(url, 'live')).toMatchObject({
      status: 503,
      report: { reasons: ['lms.course.completed is stuck: silence'] },
    });
  });

  it('is not given before the start is done', async () => {
    const made = await create();
    await made.app.init();
    const answer = await made.app.inject({ url: '/health/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ reasons: ['the service is starting'] });
  });
});

describe('a start in an outage', () => {
  it('waits for the database, says so once, and goes on by itself', async () => {
    proxy.cut();
    const starting = create().then((made) => made.start());
    await waitFor(
      'the wait',
      () => log,
      (text) => text.includes('waiting for it'),
    );
    proxy.restore();
    const [restored, limitOf] = [performance.now(), watchMachine()];
    const url = await starting;
    expect((performance.now() - restored) / 1_000).toBeLessThan(limitOf(3));
    expect((await ask(url, 'ready')).status).toBe(200);
    expect(log.match(/waiting for it/g)).toHaveLength(1);
    expect(log).toContain('The database answers');
  });
});

it('wants every migration of the build', async () => {
  const dataSource = createDataSource({
    url: databaseUrl,
    applicationName: 'probe test',
    migrations: [CreateIdempotency1770000000003],
    log: { warn: () => undefined },
  });
  await dataSource.initialize();
  try {
    expect(await new DatabaseProbe(dataSource).ask()).toMatchObject({ state: 'waits', on: 'its migrations' });
    await migrate(dataSource);
    expect(await new DatabaseProbe(dataSource).ask()).toMatchObject({ state: 'works' });
  } finally {
    await dataSource.destroy();
  }
});

it('asks the database once for probes that come together', async () => {
  const dataSource = createDataSource({
    url: databaseUrl,
    applicationName: 'probe test',
    log: { warn: () => undefined },
  });
  await dataSource.initialize();
  try {
    const query = dataSource.query.bind(dataSource);
    let asked = 0;
    dataSource.query = ((sql: string) => {
      if (sql === 'SELECT 1') asked += 1;
      return query(sql);
    }) as typeof dataSource.query;
    const probe = new DatabaseProbe(dataSource);
    await Promise.all(Array.from({ length: 50 }, () => probe.ask()));
    await probe.ask();
    expect(asked).toBe(1);
  } finally {
    await dataSource.destroy();
  }
});
