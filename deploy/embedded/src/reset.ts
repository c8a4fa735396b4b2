// `npm run reset`: forgets the data of the embedded stack; what was downloaded stays. --data as for `npm start`.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lockFolder } from './processes/lock-folder.ts';
import { stopLeftovers } from './supervisor/stop-leftovers.ts';

const home = fileURLToPath(new URL('../../../.laurel', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const data = resolve(values.data ?? join(home, 'data'));

if (!existsSync(data)) {
  console.log(`There are no data in ${data}.`);
} else {
  try {
    lockFolder(data);
    await stopLeftovers(data, 'all');
    // Out of the way in one step: a reset that is interrupted leaves no half of a database behind.
    const gone = `${data}.${process.pid}.old`;
    renameSync(data, gone);
    rmSync(gone, { recursive: true, force: true });
    console.log(`The data in ${data} are forgotten. The next start begins empty.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
