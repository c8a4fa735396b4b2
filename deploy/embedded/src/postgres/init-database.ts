import { chownSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { run } from '../processes/run.ts';

/** Makes the data folder of a server, in one step: a folder that stands is complete, even after a kill in here. */
export async function initDatabase(options: {
  initdb: string;
  asWhom: { prefix: readonly string[]; uid?: number; gid?: number };
  data: string;
  user: string;
  password: string | undefined;
}): Promise<void> {
  const { initdb, asWhom, data, user, password } = options;
  const next = `${data}.new`;
  rmSync(next, { recursive: true, force: true });
  const args = ['-D', next, '-U', user, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
  const secret = password === undefined ? undefined : join(dirname(data), 'password.new');
  if (secret === undefined) {
    args.push('--auth=trust');
  } else {
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    if (process.getuid?.() === 0) chownSync(secret, 65_534, 65_534);
    args.push('--auth=scram-sha-256', `--pwfile=${secret}`);
  }
  const [command, ...prefix] = [...asWhom.prefix, initdb];
  const ids = asWhom.uid === undefined || asWhom.gid === undefined ? {} : { uid: asWhom.uid, gid: asWhom.gid };
  const { code, output } = await run(command, [...prefix, ...args], {
    env: environment().inherited,
    cwd: dirname(data),
    ...ids,
  });
  if (secret !== undefined) rmSync(secret, { force: true });
  if (code !== 0) {
    rmSync(next, { recursive: true, force: true });
    throw new Failure(
      `PostgreSQL could not make its data folder ${data}:\n${output.trim().split('\n').slice(-8).join('\n')}`,
      'Check that the disk has room and that the user who starts Laurel owns the folder above.',
    );
  }
  renameSync(next, data);
}
