import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolders } from '../fonts/font-folders.ts';
import { fontStack } from '../fonts/font-stack.ts';
import { planHead } from './plan-head.ts';

/**
 * The version of everything that a plan and a picture depend on, as 16 hexadecimal digits: the browser, the fonts, and the programs that run in the page. A new one makes
 * every plan of the old one useless.
 *
 * @param browser name and version, as the browser tells them
 * @param programs the functions that run in the page
 */
export function engineVersion(browser: string, programs: readonly ((...args: never[]) => unknown)[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([planHead, browser, fontStack, programs.map(String)]));
  for (const folder of fontFolders())
    for (const name of readdirSync(folder).sort()) hash.update(`${name} ${statSync(join(folder, name)).size}\n`);
  return hash.digest('hex').slice(0, 16);
}
