import type { TestProject } from 'vitest/node';
import { startServers } from './start-servers.ts';
import './test-stack.ts';

/** One broker and one database for a whole test run; every test file takes names of its own on them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers();
  project.provide('stack', { brokers: [servers.kafka.brokers], postgresUrl: servers.postgres.url() });
  return () => servers.stop();
}
