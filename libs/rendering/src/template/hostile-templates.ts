import { hostileAddresses } from './hostile-addresses.ts';
import { drawnBombs } from './hostile-bombs.ts';
import { hostilePrograms } from './hostile-programs.ts';
import { hostileReadings } from './hostile-readings.ts';
import type { HostileTemplate } from './hostile-template.ts';

/**
 * Templates that try to run, to fetch, to lead away, to hide or to hang: test data. `origin` is the address that they try to reach, such as a server that counts
 * its hits: `http://127.0.0.1:8080`.
 */
export function hostileTemplates(origin: string): HostileTemplate[] {
  return [...hostilePrograms(origin), ...hostileAddresses(origin), ...hostileReadings(origin), ...drawnBombs()];
}
