import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startServers } from './start-servers.ts';
import './test-stack.ts';

/** One broker, one database and one folder for a whole test run; every test file takes names of its own on them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers();
  project.provide('stack', { brokers: [servers.kafka.brokers], postgresUrl: servers.postgres.url() });
  const runFolder = mkdtempSync(join(tmpdir(), 'laurel-run-'));
  project.provide('runFolder', runFolder);
  // Where vitest watches, a run follows a change.
  project.onTestsRerun(() => {
    for (const name of readdirSync(runFolder)) rmSync(join(runFolder, name), { recursive: true });
  });
  return async () => {
    await servers.stop();
    rmSync(runFolder, { recursive: true });
  };
}
