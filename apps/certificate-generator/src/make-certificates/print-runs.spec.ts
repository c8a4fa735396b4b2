import type { AllocatedCertificate } from '@laurel/certificates';
import { expect, test } from 'vitest';
import { printRuns } from './print-runs.ts';

const row = (tenant: string, template: string, at: number) =>
  ({
    id: `${tenant}-${template}-${at}`,
    tenant_id: tenant,
    request: { template: { sha256: template }, award: { id: `award-${at % 3}`, version: 1 }, occasion: {} },
  }) as unknown as AllocatedCertificate;
const rows = (tenant: string, template: string, count: number) =>
  Array.from({ length: count }, (_, at) => row(tenant, template, at));

test('one template and tenant to a run, in runs of equal size, the largest first', () => {
  const runs = printRuns([...rows('a', 'rare', 1), ...rows('a', 'usual', 101), ...rows('b', 'usual', 2)]);
  expect(runs.map(({ template: { tenantId, sha256 }, rows: all }) => `${tenantId} ${sha256} ${all.length}`)).toEqual([
    ...Array<string>(4).fill('a usual 21'),
    'a usual 17',
    'b usual 2',
    'a rare 1',
  ]);
  // One award after the other.
  expect(runs[0]?.rows.map(({ request }) => request.award?.id)).toEqual(Array<string>(21).fill('award-0'));
  expect(new Set(runs.flatMap((run) => run.rows.map(({ id }) => id))).size).toBe(104);
});
