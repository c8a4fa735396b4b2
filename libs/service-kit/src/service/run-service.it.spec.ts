import { ServiceProcess, createDatabase, createTopics, waitFor } from '@laurel/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';

let settings: Record<string, string>;

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  const { prefix } = await createTopics(brokers);
  settings = {
    LAUREL_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: await createDatabase(postgresUrl, 'run_service'),
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: prefix,
    // Nobody asks it: no request here carries a token.
    OIDC_ISSUER: 'http://127.0.0.1:1',
  };
});

/** Runs the recorder to its end. */
async function run(args: string[], environment: Record<string, string>) {
  const child = new ServiceProcess('proof-recorder', environment, args);
  return { code: await child.end(), output: child.output };
}

/** Starts the recorder and waits until it says where it listens. */
async function serve(environment = settings): Promise<{ child: ServiceProcess; url: string }> {
  const child = new ServiceProcess('proof-recorder', environment);
  const [, url] = (await waitFor(
    'the recorder to be ready',
    () => {
      if (child.hasEnded) throw new Error(child.output);
      return /"at":"([^"]+)"/.exec(child.output);
    },
    (match) => match !== null,
  )) as RegExpExecArray;
  return { child, url: String(url) };
}

describe('node main.js with an argument', () => {
  it('prints the OpenAPI document, and needs nothing for it', async () => {
    const { code, output } = await run(['openapi'], {});
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ openapi: '3.0.0', info: { title: 'Laurel proof-recorder' } });
  });

  it('refuses one that it does not know, and lists those that it does', async () => {
    const { code, output } = await run(['migrat'], {});
    expect(code).toBe(2);
    expect(output).toContain('does not know the argument "migrat"');
    expect(output).toContain('openapi   prints the OpenAPI document');
  });

  it('does not run before it is migrated; migrates once, whoever comes first; then runs', async () => {
    const before = await run([], settings);
    expect(before.code).toBe(1);
    expect(before.output).toContain('run this program with the argument migrate first');

    const { DATABASE_URL } = settings as { DATABASE_URL: string };
    const runs = await Promise.all([run(['migrate'], { DATABASE_URL }), run(['migrate'], { DATABASE_URL })]);
    expect(runs.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
    expect(runs.filter(({ output }) => output.includes('Nothing to migrate'))).toHaveLength(1);

    const { child, url } = await serve();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    child.signal('SIGTERM');
    expect(await child.end(10_000)).toBe(0);
  });
});

describe('node main.js', () => {
  it('names every wrong setting and ends with 1', async () => {
    const { code, output } = await run([], { PORT: 'x', DATABASE_URL: 'hunter22' });
    expect(code).toBe(1);
    for (const name of ['PORT', 'DATABASE_URL', 'KAFKA_BROKERS']) expect(output).toContain(`  - ${name} `);
    expect(output).not.toContain('hunter22');
    expect(output).not.toContain('    at ');
  });

  it('says what is wrong with a database that refuses, without its password', async () => {
    const url = new URL(String(settings['DATABASE_URL']));
    url.pathname = '/nowhere';
    url.password = 'hunter22';
    const { code, output } = await run([], { ...settings, DATABASE_URL: url.href });
    expect(code).toBe(1);
    expect(output).toContain('DATABASE_URL cannot be used');
    expect(output).not.toContain('hunter22');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 after %s', async (signal) => {
    const { child } = await serve();
    child.signal(signal);
    expect(await child.end(10_000)).toBe(0);
    expect(child.output).toContain('"msg":"Stopping"');
  });
});
