import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isPortFree } from './is-port-free.ts';

// Below the range (from 32768) out of which the kernel takes the near end of every outgoing connection: a port of that range
// may be free now and taken by any client when the stack starts again.
const FIRST = 20_000;
const LAST = 31_999;

/**
 * A TCP port that is free on every address, and that nobody else is given here while this process lives: it is free until somebody
 * listens on it, and two stacks that start at the same moment must not both be given it.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const port = randomInt(FIRST, LAST + 1);
    if ((await isPortFree(port)) && (await mark(port))) return port;
  }
  throw new Error(`Found no free TCP port between ${FIRST} and ${LAST} in 500 tries.`);
}

/** Takes the UDP port of the same number, which nothing here uses: the kernel gives it to one process, and back however that ends. */
async function mark(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind({ port, address: '127.0.0.1', exclusive: true });
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  socket.unref();
  return true;
}
