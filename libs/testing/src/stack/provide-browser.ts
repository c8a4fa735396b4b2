import { fileURLToPath } from 'node:url';
import { provideChromium } from '@laurel/embedded';

/** Unpacked where `npm start` keeps it. */
const cache = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));

/** The path of a headless Chromium that prints: the same one that `npm start` uses. */
export function provideBrowser(): Promise<string> {
  return provideChromium(cache, () => undefined);
}
