import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { fillFolder } from '../processes/fill-folder.ts';
import { run } from '../processes/run.ts';
import type { Report } from '../report.ts';

// Resolves to build/index.js of the package, which is never run: it would unpack to a fixed name in the system's temporary
// folder and take whatever file stands there, even another version's.
const packaged = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');

/**
 * The browser of `@sparticuz/chromium`, unpacked into a folder of the cache that is named by its version and content, together
 * with the libraries (NSS and what it needs) that a host may lack. `withLibraries` gives a starter that uses them.
 */
export async function unpackChromium(
  cacheFolder: string,
  report: Report,
): Promise<{ plain: string; withLibraries: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      `The browser that npm brings runs on Linux x64 only, and this is ${process.platform} ${process.arch}.`,
      'Install Chromium, or set CHROMIUM_PATH to one.',
    );
  }
  const packed = join(packaged, 'bin', 'chromium.br');
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256');
  await pipeline(createReadStream(packed), hash);
  const folder = join(resolve(cacheFolder), `chromium-${version}-${hash.digest('hex').slice(0, 8)}`);
  await fillFolder(folder, async (next) => {
    report(`unpacking the browser of @sparticuz/chromium ${version} (67 MB)`);
    await unpack(packed, next);
  });
  return { plain: join(folder, 'chromium'), withLibraries: join(folder, 'chromium-with-libraries') };
}

async function unpack(packed: string, next: string): Promise<void> {
  await pipeline(
    createReadStream(packed),
    createBrotliDecompress(),
    createWriteStream(join(next, 'chromium'), { mode: 0o755 }),
  );
  for (const archive of ['al2023.tar.br', 'swiftshader.tar.br']) {
    const target = archive.startsWith('al') ? join(next, 'libraries') : next;
    mkdirSync(target, { recursive: true });
    // Through a file: tar may end before the padding at an archive's end, which breaks a pipe.
    const tar = join(next, archive.replace('.br', ''));
    await pipeline(createReadStream(join(packaged, 'bin', archive)), createBrotliDecompress(), createWriteStream(tar));
    const { code, output } = await run('tar', ['-x', '-f', tar, '-C', target], { env: environment().inherited });
    if (code !== 0)
      throw new Failure(
        `tar could not unpack ${archive}: ${output.trim()}`,
        'Check that the disk has room and that tar is installed.',
      );
    rmSync(tar);
  }
  // `exec`, so that the pid stays and whoever kills the starter kills the browser.
  const starter = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")',
    'export LD_LIBRARY_PATH="$here/libraries/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
    'exec "$here/chromium" "$@"',
  ];
  writeFileSync(join(next, 'chromium-with-libraries'), `${starter.join('\n')}\n`, { mode: 0o755 });
}
