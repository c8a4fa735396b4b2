import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GoldenVector } from './golden-vector.spec.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const guide = readFileSync(join(root, 'docs/credentials.md'), 'utf8');
/** The examples of a kind, as they stand in the guide. */
const examples = (kind: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const [verifyToken = '', verifyProof = '', readStatus = ''] = examples('js');
const [shell = ''] = examples('sh');
const golden = (name: string) =>
  JSON.parse(readFileSync(join(root, `libs/credentials/golden/${name}.json`), 'utf8')) as GoldenVector;
const { unsigned, proofConfiguration, proofValue, didDocument, token } = golden('course');
const document = { ...unsigned, proof: [{ ...proofConfiguration, proofValue }] };
const hasOpenssl =
  spawnSync('openssl', ['version']).status === 0 && spawnSync('sh', ['-c', 'awk 1 </dev/null']).status === 0;

describe('the guide to credentials', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'laurel-guide-'));
    // The programs import packages; theirs are those of this repository.
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a program prints, or that it fails, with these files beside it. */
  async function run(
    command: readonly [string, string],
    program: string,
    files: Record<string, string>,
  ): Promise<string> {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const [executable, name] = command;
    writeFileSync(join(folder, name), program);
    const flags = executable === 'sh' ? ['-e'] : [];
    return promisify(execFile)(executable, [...flags, name], { cwd: folder }).then(
      ({ stdout }) => stdout.trim(),
      () => 'refused',
    );
  }
  const node = process.execPath;
  const world = { 'did.json': JSON.stringify(didDocument, null, 2) };
  const text = JSON.stringify(document);
  const middle = Math.floor(token.length / 2);
  const changed = `${token.slice(0, middle)}${token[middle] === 'A' ? 'B' : 'A'}${token.slice(middle + 1)}`;

  test('shows a credential that was really signed, and the document of its keys', () => {
    const shown = examples('json').map((each) => JSON.stringify(JSON.parse(each)));
    expect(shown).toEqual([text, JSON.stringify(didDocument)]);
  });

  test('explains every member of it', () => {
    const members = ['@context', 'type', 'name', 'description'];
    for (const member of Object.keys(document).filter((each) => !members.includes(each)))
      expect(guide).toMatch(new RegExp(`^\\| .*\`${member}`, 'm'));
  });

  test('verifies the token with jose, and refuses it with one character changed', async () => {
    const verify = (given: string) =>
      run([node, 'verify-token.mjs'], verifyToken, { ...world, 'credential.jwt': given });
    expect(await verify(token)).toBe('Asha Verma: Rust for Beginners');
    expect(await verify(changed)).toBe('refused');
  }, 30_000);

  test('verifies the proof with @digitalbazaar/vc, and refuses it with one character changed', async () => {
    const verify = (given: string) =>
      run([node, 'verify-proof.mjs'], verifyProof, { ...world, 'credential.json': given });
    expect(await verify(text)).toBe('Asha Verma: Rust for Beginners');
    expect(await verify(text.replace('Asha', 'Ashb'))).toBe('refused');
  }, 30_000);

  test('reads the bit of a certificate', async () => {
    const files = { 'credential.jwt': token, 'status-list.jwt': golden('status-list').token };
    expect(await run([node, 'read-status.mjs'], readStatus, files)).toBe('revoked');
    // Index 7 is set, 9 is not.
    const at = (index: string) => {
      const entry = { ...(unsigned as { credentialStatus: object }).credentialStatus, statusListIndex: index };
      const payload = Buffer.from(JSON.stringify({ ...unsigned, credentialStatus: entry })).toString('base64url');
      return run([node, 'read-status.mjs'], readStatus, { ...files, 'credential.jwt': `x.${payload}.x` });
    };
    expect([await at('7'), await at('8'), await at('9')]).toEqual(['revoked', 'revoked', 'not revoked']);
  }, 30_000);

  test.runIf(hasOpenssl)('verifies the token with openssl, and refuses it with one character changed', async () => {
    const verify = (given: string) => run(['sh', 'verify.sh'], shell, { ...world, 'credential.jwt': given });
    expect(await verify(token)).toBe('Verified OK');
    expect(await verify(changed)).toBe('refused');
  });

  test('has programs for Python and Java, too', () => {
    // Run by hand, with jwcrypto, PyLD and nimbus: neither is on every machine.
    expect(examples('py').map((each) => /jwcrypto|pyld/.exec(each)?.[0])).toEqual(['jwcrypto', 'pyld']);
    expect(examples('java')).toEqual([expect.stringContaining('com.nimbusds')]);
  });
});
