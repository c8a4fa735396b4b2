import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { findProgram } from '../processes/find-program.ts';
import type { Report } from '../report.ts';
import { checkChromium } from './check-chromium.ts';
import { unpackChromium } from './unpack-chromium.ts';

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome-headless-shell'];

/**
 * The path of a headless Chromium that has just rendered a page: the one of CHROMIUM_PATH, an installed one, or the one that npm
 * brought, unpacked into the cache folder. Throws a Failure with what the browser said.
 */
export async function provideChromium(cacheFolder: string, report: Report): Promise<string> {
  const { settings, inherited } = environment();
  if (settings.CHROMIUM_PATH !== undefined) {
    const complaint = await checkChromium(settings.CHROMIUM_PATH);
    if (complaint === undefined) return settings.CHROMIUM_PATH;
    throw new Failure(
      `The browser of CHROMIUM_PATH, ${settings.CHROMIUM_PATH}, renders nothing:\n${complaint}`,
      'Correct CHROMIUM_PATH, or leave it out to use the browser that npm brings.',
    );
  }
  const installed = await findProgram(inherited, ...INSTALLED);
  if (installed !== undefined) {
    const complaint = await checkChromium(installed);
    if (complaint === undefined) return installed;
    report(`${installed} renders nothing, so another browser is used (${complaint.split('\n').at(-1)})`);
  }
  const unpacked = await unpackChromium(cacheFolder, report);
  const complaint = await checkChromium(unpacked.plain);
  if (complaint === undefined) return unpacked.plain;
  // A host without the NSS libraries.
  const second = await checkChromium(unpacked.withLibraries);
  if (second === undefined) return unpacked.withLibraries;
  throw new Failure(
    `The browser that npm brings renders nothing on this machine:\n${second}`,
    `Install Chromium (on Debian and Ubuntu: sudo apt-get install -y chromium), or set CHROMIUM_PATH to one.`,
  );
}
