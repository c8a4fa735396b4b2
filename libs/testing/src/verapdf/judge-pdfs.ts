import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environment, Failure, provideJars } from '@laurel/embedded';

/** Downloads are kept where `npm start` keeps them. */
const cacheFolder = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));
const pomFile = fileURLToPath(new URL('../../verapdf/pom.xml', import.meta.url));
const script = fileURLToPath(new URL('../../verapdf/verapdf.js', import.meta.url));

/**
 * Has veraPDF hold documents against PDF/A-3b and PDF/UA-1. Gives for each what it breaks, rule by rule; nothing is perfect. Ask for many at once: a
 * Java starts for each call and takes four seconds for its first document. Throws a Failure where veraPDF does not run.
 */
export async function judgePdfs(pdfs: readonly Buffer[]): Promise<string[][]> {
  const { java, jars } = await provideJars({
    pomFile,
    artifact: 'validation-model',
    title: 'veraPDF',
    size: '16 MB',
    name: 'verapdf',
    otherwise: '',
    cacheFolder,
    report: () => undefined,
  });
  const folder = mkdtempSync(join(tmpdir(), 'laurel-verapdf-'));
  try {
    const files = pdfs.map((pdf, index) => {
      const file = join(folder, `${index}.pdf`);
      writeFileSync(file, pdf);
      return file;
    });
    const flags = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Djava.io.tmpdir=${folder}`];
    const { stdout } = await promisify(execFile)(
      java,
      [...flags, '-cp', `${jars}/*`, 'org.mozilla.javascript.tools.shell.Main', script, ...files],
      { env: environment().inherited, maxBuffer: 1 << 26 },
    );
    const lines = stdout.split('\n').filter((line) => line.startsWith('['));
    if (lines.length !== pdfs.length)
      throw new Failure(
        `veraPDF judged ${lines.length} of ${pdfs.length} documents:\n${stdout}`,
        'The cause stands there.',
      );
    return lines.map((line) => JSON.parse(line) as string[]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
