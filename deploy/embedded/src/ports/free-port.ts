import { randomInt } from 'node:crypto';
import { isPortFree } from './is-port-free.ts';

// Below the range (from 32768) out of which the kernel takes the near end of every outgoing connection: a port of that range
// may be free now and taken by any client when the stack starts again.
const FIRST = 20_000;
const LAST = 31_999;

const given = new Set<number>();

/** A TCP port that is free on every address and that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const port = randomInt(FIRST, LAST + 1);
    if (given.has(port)) continue;
    if (await isPortFree(port)) {
      given.add(port);
      return port;
    }
  }
  throw new Error(`Found no free TCP port between ${FIRST} and ${LAST} in 500 tries.`);
}
