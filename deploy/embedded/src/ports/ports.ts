import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { writeFileSafely } from '../processes/write-file-safely.ts';
import { freePort } from './free-port.ts';
import { isPortFree } from './is-port-free.ts';
import { portHolder } from './port-holder.ts';

const kept = z.record(z.string(), z.number().int().min(1).max(65_535));

/**
 * The ports of one installation, chosen free at the first start and kept in a file of its data: addresses that stand in issued
 * credentials and in the configuration of others must not move.
 */
export class Ports {
  private readonly ports: Record<string, number>;

  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    this.ports = existsSync(file) ? kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  }

  /** The port of that name; throws a Failure that names the holder where somebody else has it. */
  async take(name: string): Promise<number> {
    const known = this.ports[name];
    if (known === undefined) {
      const port = await freePort();
      this.ports[name] = port;
      writeFileSafely(this.file, `${JSON.stringify(this.ports, undefined, 2)}\n`);
      return port;
    }
    if (await isPortFree(known)) return known;
    throw new Failure(
      `Port ${known} of ${name} is held by ${portHolder(known)}.`,
      `Stop that process, or give ${name} another port in ${this.file} (addresses already handed out then change).`,
    );
  }
}
