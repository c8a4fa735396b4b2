import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { stopRecorded } from '../processes/stop-recorded.ts';
import { until } from '../processes/until.ts';
import { clientToken } from './client-token.ts';
import { keyStore } from './key-store.ts';
import type { OidcOptions } from './oidc-options.ts';
import type { RunningOidc } from './running-oidc.ts';

const STARTUP_MS = 20_000;

// From sources Node strips the types by itself: nothing that the server imports needs more.
const server = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './server.main.ts' : './server.main.js', import.meta.url),
);

/** Starts an OIDC server in a process of its own and waits for its discovery document. Throws a Failure with the end of its log. */
export async function startOidc(options: OidcOptions): Promise<RunningOidc> {
  const { port, issuer = `http://127.0.0.1:${port}`, report } = options;
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const recordFile = join(folder, 'process.json');
  const left = await stopRecorded(recordFile);
  if (left !== undefined) report?.('stopped the OIDC server that an earlier start had left running');
  // Made here, before the server reads it: both then speak of the same clients.
  const { clients } = keyStore(folder);
  const logFile = join(folder, 'oidc.log');
  const running = await launch({
    name: 'oidc',
    command: process.execPath,
    args: [...(server.endsWith('.ts') ? ['--conditions=@laurel/source'] : []), server, folder, String(port), issuer],
    env: { ...environment().inherited, NODE_ENV: 'production' },
    logFile,
    recordFile,
    graceMs: 3_000,
  });
  const failed = (what: string) =>
    new Failure(
      `The OIDC server ${what}. The end of ${logFile}:\n${logTail(logFile)}`,
      'The cause stands in that log. A real one instead: OIDC_ISSUER.',
    );
  try {
    await until(() => discovered(port), {
      timeoutMs: STARTUP_MS,
      describe: () => failed(`does not answer on port ${port} after ${STARTUP_MS / 1000} s`),
      giveUp: () => {
        if (running.ended !== undefined) throw failed(`ended while it started (${running.ended})`);
      },
    });
  } catch (error) {
    await running.kill();
    throw error;
  }
  return {
    issuer,
    pid: running.pid,
    logFile,
    exited: running.exited,
    clients,
    token: async (clientId) => {
      const client = clients.find(({ id }) => id === clientId);
      if (client === undefined)
        throw new Error(`There is no client ${clientId}; there are ${clients.map(({ id }) => id).join(', ')}.`);
      return (await clientToken(issuer, client.id, client.secret)).token;
    },
    stop: () => running.stop(),
    kill: () => running.kill(),
  };
}

async function discovered(port: number): Promise<true | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(1_000),
    });
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}
