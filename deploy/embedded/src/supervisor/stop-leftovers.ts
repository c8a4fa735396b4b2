import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopRecorded } from '../processes/stop-recorded.ts';

/**
 * Ends whatever processes the records of this data folder still name, the services alone or then also what they depend on; gives
 * their names.
 */
export async function stopLeftovers(data: string, which: 'services' | 'all'): Promise<string[]> {
  const run = join(data, 'run');
  const services = existsSync(run) ? readdirSync(run).filter((name) => name.endsWith('.json')) : [];
  const first = await Promise.all(services.map((name) => stopRecorded(join(run, name))));
  if (which === 'services') return first.filter((name) => name !== undefined);
  const rest = await Promise.all(
    ['oidc', 'kafka', 'postgres'].map((name) => stopRecorded(join(data, name, 'process.json'))),
  );
  return [...first, ...rest].filter((name) => name !== undefined);
}
