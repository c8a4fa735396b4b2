import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environment, Failure, provideJars } from '@laurel/embedded';

/** Downloads are kept where `npm start` keeps them. */
const cacheFolder = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));
const pomFile = fileURLToPath(new URL('../../credential-judge/pom.xml', import.meta.url));
const script = fileURLToPath(new URL('../../credential-judge/judge.js', import.meta.url));

/** A credential in one of its forms, or in both. */
export interface CredentialCase {
  /** JSON text with the list of its Data Integrity proofs. */
  readonly document?: string;
  /** A VC-JWT. */
  readonly token?: string;
}

/** All that the judges know of the world: they fetch nothing. */
export interface JudgedWorld {
  /** JSON-LD contexts by their URL. */
  readonly contexts: Readonly<Record<string, object>>;
  readonly didDocuments: readonly object[];
}

/** What the judges say of a case. */
export interface Judgement {
  /** SHA-256 (hex) of the canonical N-Quads of the document without its proofs; nothing where it is no JSON-LD with a meaning. */
  readonly canonical?: string;
  /** Whether there is a proof and every one holds (eddsa-rdfc-2022); only for a document. */
  readonly proven?: boolean;
  /** Whether the token is signed by a key of its issuer and says the same in its registered claims; only for a token. */
  readonly signed?: boolean;
  /** What a judge threw, if one did. */
  readonly problem?: string;
}

/**
 * Has credentials judged by libraries in Java that share no code with ours: titanium for JSON-LD and RDFC-1.0, the JDK for Ed25519, nimbus for
 * JWT. Ask for many at once: a Java starts for each call, and its first credential takes a second. Throws a Failure where the judges do not run.
 */
export async function judgeCredentials(cases: readonly CredentialCase[], world: JudgedWorld): Promise<Judgement[]> {
  const { java, jars } = await provideJars({
    pomFile,
    artifact: 'titanium-json-ld',
    title: 'the judges of credentials',
    size: '4 MB',
    name: 'credential-judge',
    otherwise: '',
    cacheFolder,
    report: () => undefined,
  });
  const folder = mkdtempSync(join(tmpdir(), 'laurel-credential-judge-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify({ ...world, cases }));
    const flags = ['-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dfile.encoding=UTF-8'];
    const { stdout } = await promisify(execFile)(
      java,
      [
        ...flags,
        `-Djava.io.tmpdir=${folder}`,
        '-cp',
        `${jars}/*`,
        'org.mozilla.javascript.tools.shell.Main',
        script,
        file,
      ],
      { env: environment().inherited, maxBuffer: 1 << 26 },
    );
    const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
    if (lines.length !== cases.length)
      throw new Failure(
        `The judges told of ${lines.length} of ${cases.length} credentials:\n${stdout.slice(-4_000)}`,
        'The cause stands there.',
      );
    return lines.map((line) => JSON.parse(line) as Judgement);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
