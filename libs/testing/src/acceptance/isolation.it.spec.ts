import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contract, catalogue, consumerGroup, encodeEvent } from '@laurel/contracts';
import type { DemoAnswer, DemoCall } from '@laurel/embedded';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Path } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import '../stack/test-stack.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { furnish, type Tenant } from './furnish.ts';
import { sameIds } from './same-ids.ts';
import { strangersRequests } from './strangers-requests.ts';

type Method = NonNullable<DemoCall['method']>;

interface Route {
  readonly service: string;
  readonly method: Method;
  readonly path: string;
  readonly isPublic: boolean;
}

const documents = fileURLToPath(new URL('../../../../docs/openapi', import.meta.url));

/** Every route of every committed OpenAPI document, so that none can be forgotten. */
const routes: Route[] = readdirSync(documents).flatMap((file) => {
  const { paths } = JSON.parse(readFileSync(join(documents, file), 'utf8')) as {
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]) => ({
      service: file.replace(/\.json$/, ''),
      method: method.toUpperCase() as Method,
      path,
      isPublic: security === undefined || security.length === 0,
    })),
  );
});

const { batchId, learnerId, award } = sameIds;

let path: Path;
/** What only demo has, by the name of the path's parameter. */
let own: Record<string, string>;

/** Of demo: must never stand in what demo-two is answered. */
const secrets = ['A Person Of Demo', 'Academy demo"', 'DEMO-2026-', 'Only Demo Knows'];

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  path = await Path.prepare({ brokers, databases: await pathDatabases(postgresUrl) });
  await path.allReady();
  const made = { demo: await furnish(path, 'demo'), 'demo-two': await furnish(path, 'demo-two') };
  own = { ...made.demo };
}, 300_000);
afterAll(async () => {
  // Undefined where the preparation failed, which is what the report should show.
  await (path as Path | undefined)?.stop();
});

const keyOf = ({ service, method, path: route }: Route) => `${service} ${method} ${route}`;

/** A route with the ids of demo. */
function filled({ path: route }: Route): string {
  const values: Record<string, string> = {
    ...own,
    id: route.startsWith('/v1/deliveries') ? own.deliveryId! : own.endpointId!,
    batchId,
    learnerId,
    awardId: award,
    courseId: `course-${batchId}`,
    name: 'di-1',
    imageId: 'own-image',
    fontId: 'own-font',
    sampleFile: 'ordinary.png',
    templateId: 'own-design',
    typeId: 'course-completion',
    version: '1',
  };
  return route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`Give the test an id of demo for {${name}} in ${route}.`);
    return encodeURIComponent(values[name]);
  });
}

/** As whoever of the tenant may: the first role that is not forbidden. */
async function askAs(tenant: Tenant, route: Route): Promise<DemoAnswer> {
  const key = keyOf(route);
  const call = {
    service: route.service,
    method: route.method,
    path: filled(route),
    ...strangersRequests.get(key),
  };
  let answer: DemoAnswer | undefined;
  for (const role of ['viewer', 'creator', 'issuer', 'admin', 'learner'] as const) {
    answer = await path.api.ask({ ...call, caller: `${tenant}-${role}` });
    if (answer.status !== 403 && answer.status !== 401) return answer;
  }
  return answer!;
}

/** All that demo sees of itself. What changes by itself (times of looking) is in none of these answers. */
async function picture(): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const route of routes.filter(({ method, isPublic }) => method === 'GET' && !isPublic)) {
    const answer = await askAs('demo', route);
    seen[keyOf(route)] = `${answer.status} ${answer.bytes.toString('utf8').replace(/"traceId":"\w+"/, '')}`;
  }
  return seen;
}

describe('two tenants with the same ids', { timeout: 240_000 }, () => {
  test('every route that takes a body has one here', () => {
    const missing = routes
      .filter(({ method }) => method === 'PUT' || method === 'PATCH')
      .map(keyOf)
      .filter((key) => !strangersRequests.has(key));
    expect(missing).toEqual([]);
    expect([...strangersRequests.keys()].filter((key) => !routes.some((route) => keyOf(route) === key))).toEqual([]);
    expect(routes.length).toBeGreaterThan(50);
  });

  test('no route of any service shows or changes what the other one has', async () => {
    const before = await picture();
    // The test would prove nothing if demo itself did not see these.
    const all = Object.values(before).join('\n');
    for (const secret of secrets) expect(all).toContain(secret);
    expect(Object.entries(before).filter(([, seen]) => !seen.startsWith('200 '))).toEqual([]);

    const unique = /\{(issuerId|certificateId|requestId|jobId|id)\}/;
    for (const route of routes.filter(({ isPublic }) => !isPublic)) {
      const answer = await askAs('demo-two', route);
      const said = answer.bytes.toString('utf8');
      const key = keyOf(route);
      for (const secret of secrets) expect([key, said.includes(secret)]).toEqual([key, false]);
      if (route.path.startsWith('/internal/'))
        expect([key, [401, 403]]).toEqual([key, expect.arrayContaining([answer.status])]);
      else if (unique.test(route.path)) expect([key, answer.status]).toEqual([key, 404]);
      else if (route.path.includes('{tenantId}'))
        expect([key, [403, 404]]).toEqual([key, expect.arrayContaining([answer.status])]);
      else expect([key, answer.status < 500]).toEqual([key, true]);
    }
    expect(await picture()).toEqual(before);
  });

  test('no topic of any contract carries one tenant into the other', async () => {
    const before = await picture();
    const contracts = (catalogue as readonly Contract[]).filter(
      ({ producers, consumers }) => consumers.length > 0 && !producers.every((app) => app.startsWith('proof-')),
    );
    const records = contracts.flatMap((contract) =>
      contract.topics.flatMap(({ name: topic }) =>
        contract.examples.map((example, index) => {
          const data = atHome(example);
          const { headers, value } = encodeEvent({
            id: `isolation-${contract.type}-${index}`,
            source: '/a/stranger',
            type: contract.type,
            time: new Date(),
            tenantId: 'demo-two',
            correlationId: 'isolation',
            sequence: 1_000_000,
            data,
          });
          return { topic, key: contract.key.from('demo-two', data), headers, value };
        }),
      ),
    );
    await path.send(records);
    const admin = await path.broker.admin();
    try {
      for (const { topics, consumers } of contracts) {
        for (const app of consumers.filter((one) => !one.startsWith('proof-'))) {
          for (const { name } of topics) {
            await waitFor(
              `${app} to have read ${name}${path.logs()}`,
              () => admin.lag(consumerGroup(app, name), name),
              (lag) => lag === 0,
              { timeout: 60_000, interval: 100 },
            );
          }
        }
      }
    } finally {
      await admin.close();
    }
    expect(await picture()).toEqual(before);
  });
});

/** An example of a contract, told of the things that demo has. */
function atHome(example: unknown): unknown {
  const replaced: Record<string, string> = { ...own, batchId, learnerId };
  return JSON.parse(
    JSON.stringify(example, (name, value: unknown) =>
      typeof value === 'string' && name in replaced ? replaced[name] : value,
    ),
  );
}
