import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BootError } from '../service/boot-error.ts';

/** Listens, and answers the URL. Throws a BootError when the port is taken or not ours to take. */
export async function listen(
  app: NestFastifyApplication,
  name: string,
  at: { HOST: string; PORT: number },
): Promise<string> {
  try {
    await app.listen({ port: at.PORT, host: at.HOST });
  } catch (error) {
    const { code } = error as { code?: string };
    const place = `HOST=${at.HOST} PORT=${at.PORT}`;
    if (code === 'EADDRINUSE')
      throw new BootError(name, [`${place} is taken by another process: end that one, or set another PORT.`]);
    if (code === 'EACCES') throw new BootError(name, [`${place} may not be used by this user: set a PORT from 1024.`]);
    if (code === 'EADDRNOTAVAIL')
      throw new BootError(name, [`${place}: this machine has no such address; set HOST=0.0.0.0 for all that it has.`]);
    throw error;
  }
  return app.getUrl();
}
