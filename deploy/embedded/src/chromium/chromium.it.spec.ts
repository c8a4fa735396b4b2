import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkChromium } from './check-chromium.ts';
import { provideChromium } from './provide-chromium.ts';
import { unpackChromium } from './unpack-chromium.ts';

const cache = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));

it('provides a browser that prints', async () => {
  expect(await checkChromium(await provideChromium(cache, console.log))).toBeUndefined();
});

it('says what is wrong with one that does not', async () => {
  expect(await checkChromium('/nowhere/chromium')).toContain('ENOENT');
  expect(await checkChromium('/bin/true')).toContain('ended with code 0');
});

it.runIf(process.arch === 'x64')('brings the libraries that a host may lack', async () => {
  const { plain, withLibraries } = await unpackChromium(cache, console.log);
  expect(plain).toMatch(/chromium-\d[\d.]*-[0-9a-f]{8}\/chromium$/);
  expect(await checkChromium(withLibraries)).toBeUndefined();
});
