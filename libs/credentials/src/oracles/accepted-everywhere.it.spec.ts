import { createHash } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential as verifyByBazaar } from '@digitalbazaar/vc';
import { judgeCredentials, type Judgement } from '@laurel/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContext } from '../contexts/load-context.ts';
import { CanonicalForms } from '../integrity/canonical-forms.ts';
import { libraryForm } from '../integrity/library-form.ts';
import { generateSigningKey } from '../keys/generate-signing-key.ts';
import { createSigner } from '../signing/create-signer.ts';
import type { SignableCredential } from '../signing/registered-claims.ts';
import { signCredential, type SignedCredential } from '../signing/sign-credential.ts';
import { buildStatusList } from '../status-lists/build-status-list.ts';
import { didDocument } from '../did/did-document.ts';
import { jwkSet } from '../did/jwk-set.ts';
import { verifyCredential } from '../verification/verify-credential.ts';
import { seededCredentials } from './seeded-credentials.spec.ts';
import { testIssuer, type TestIssuer, testSeeds } from './test-issuer.spec.ts';

/** Another one each day would find more; the same one tells whether a change was at fault. */
const seed = 20_261_121;
const issuer = testIssuer(testSeeds);
/** Within the validity of every seeded credential. */
const now = new Date('2026-12-01T00:00:00Z');
type Signed = SignedCredential<SignableCredential>;

let credentials: SignableCredential[];
let lists: SignableCredential[];
let signed: Signed[];
/** Of each, by the compiled form or by the library, as it comes. */
let canonical: string[];
let contexts: Record<string, object>;

/** What each verifier says; false where it throws. */
const verifiers: Record<string, (each: Signed, known?: TestIssuer) => Promise<boolean>> = {
  '@digitalbazaar/vc': async ({ document }, known = issuer) => {
    const suite = new DataIntegrityProof({ cryptosuite });
    // Whether it is revoked is not the question here: its lists are not published anywhere.
    const checkStatus = () => Promise.resolve({ verified: true });
    const options = { suite, documentLoader: known.documentLoader, now, checkStatus };
    return (await verifyByBazaar({ credential: structuredClone(document), ...options })).verified;
  },
  jose: async ({ token }, known = issuer) => {
    const keys = createLocalJWKSet(known.jwks);
    return (await jwtVerify(token, keys, { issuer: issuer.did, currentDate: now })).protectedHeader.typ === 'JWT';
  },
  'ours, of documents': async ({ document }) => (await verifyCredential(document, issuer.findKey)).ok,
  'ours, of tokens with the proof in them': async ({ token }) => (await verifyCredential(token, issuer.findKey)).ok,
  // Else the one signature could hide that the other is not looked at.
  'ours, of tokens alone': async ({ token }) =>
    (await verifyCredential(token, issuer.findKey, { skipsProof: true })).ok,
};

beforeAll(async () => {
  credentials = seededCredentials(seed, 300, issuer.did);
  lists = [[], [0], [131_071], Array.from({ length: 9_000 }, (_, at) => at * 14)].map((set, at) =>
    buildStatusList({
      ...{ id: `https://certificates.example/status/${at}`, issuer: issuer.did, ttl: 300_000, set },
      ...{ validFrom: new Date('2026-11-30T00:00:00Z'), validUntil: new Date('2026-12-02T00:00:00Z') },
    }),
  );
  const keys = { signToken: await createSigner(issuer.token), integrity: issuer.integrity };
  signed = [];
  canonical = [];
  const forms = new CanonicalForms();
  for (const each of [...credentials, ...lists]) {
    signed.push(await signCredential(each, keys, new Date(each.validFrom)));
    canonical.push(await forms.of(each));
  }
  const urls = ['credentials/v2'].map((path) => `https://www.w3.org/ns/${path}`).concat(contextsOf(credentials));
  contexts = Object.fromEntries(
    await Promise.all([...new Set(urls)].map(async (url) => [url, (await loadContext(url)).document] as const)),
  );
});

describe('300 seeded credentials and 4 status lists', () => {
  test.each(Object.keys(verifiers))(
    'are accepted by %s',
    async (name) => {
      // Ours takes achievements; of lists it is asked nothing.
      const asked = name.startsWith('ours') ? signed.slice(0, credentials.length) : signed;
      const refused = [];
      for (const each of asked) if (!(await verifiers[name]?.(each))) refused.push(each.document.id);
      expect(refused).toEqual([]);
    },
    60_000,
  );

  test('are accepted by titanium with the Ed25519 of Java and by nimbus, and have the canonical form that is ours', async () => {
    const judged = await judge(signed);
    for (const [at, each] of canonical.entries()) {
      const hash = createHash('sha256').update(each).digest('hex');
      expect([at, judged[at]]).toEqual([at, { canonical: hash, proven: true, signed: true, problem: '' }]);
    }
    // The first time, Maven fetches the judges.
  }, 120_000);

  test('sign the same bytes without the compiler', async () => {
    for (const [at, each] of [...credentials, ...lists].entries()) expect(canonical[at]).toBe(await libraryForm(each));
  }, 60_000);
});

test('tokens of an RS256 key are accepted by jose and by nimbus', async () => {
  const key = await generateSigningKey(() => `${issuer.did}#rs-1`, 'RS256');
  const signToken = await createSigner(key);
  const keys = createLocalJWKSet(jwkSet([key]));
  const cases: { token: string }[] = [];
  for (const each of credentials.slice(0, 40)) {
    const token = await signToken(each);
    expect((await jwtVerify(token, keys, { issuer: issuer.did, currentDate: now })).protectedHeader.alg).toBe('RS256');
    cases.push({ token });
  }
  const judged = await judgeCredentials(cases, { contexts, didDocuments: [didDocument(issuer.did, [key])] });
  expect(judged.map(({ signed }) => signed)).toEqual(cases.map(() => true));
});

test('one character changed in each of 64 values is refused by everyone', async () => {
  const [whole] = signed;
  if (!whole) throw new Error('nothing was signed');
  const paths = textsOf(whole.document);
  expect(paths.length).toBeGreaterThan(100);
  const changed = Array.from({ length: 64 }, (_, at): Signed => {
    const path = paths[Math.floor((at * paths.length) / 64)] ?? [];
    const document = altered(whole.document, path) as Signed['document'];
    const [header, payload, signature] = whole.token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
    const body = Buffer.from(JSON.stringify(altered(claims, path))).toString('base64url');
    return { document, token: `${header}.${body}.${signature}` };
  });
  for (const [at, each] of changed.entries()) {
    for (const [name, verify] of Object.entries(verifiers)) {
      expect([name, at, await verify(each).catch(() => false)]).toEqual([name, at, false]);
    }
  }
  const judged = await judge(changed);
  expect(judged.map(({ proven, signed }) => [proven, signed])).toEqual(changed.map(() => [false, false]));
});

const stolen = testIssuer(testSeeds, issuer.did, new Date('2026-01-01T00:00:00Z'));
const others = testIssuer(
  { ed25519: testSeeds.p256, p256: testSeeds.ed25519 },
  'did:web:certificates.example:issuers:2',
);

test.each<[string, TestIssuer, TestIssuer]>([
  ['a key that was stolen', issuer, stolen],
  ['a key of another issuer', others, issuer],
  ['a key that another issuer names as this one does', { ...others, ...renamed(others, issuer) }, issuer],
])('%s is refused by everyone else', async (_, signer, known) => {
  const [credential] = credentials;
  if (!credential) throw new Error('nothing was made');
  const keys = { signToken: await createSigner(signer.token), integrity: signer.integrity };
  const forged = await signCredential(credential, keys, new Date(credential.validFrom));
  for (const name of ['@digitalbazaar/vc', 'jose'])
    expect([name, await verifiers[name]?.(forged, known).catch(() => false)]).toEqual([name, false]);
  const didDocuments = [known.didDocument, ...(known === issuer ? [others.didDocument] : [])];
  const [judged] = await judgeCredentials([{ document: JSON.stringify(forged.document), token: forged.token }], {
    ...{ contexts, didDocuments },
  });
  expect(judged).toMatchObject({ proven: false, signed: false });
});

/** The keys of one issuer under the names that another one's have. */
function renamed({ token, integrity }: TestIssuer, as: TestIssuer): Pick<TestIssuer, 'token' | 'integrity'> {
  return {
    token: { ...token, kid: as.token.kid },
    integrity: { ...integrity, verificationMethod: as.integrity.verificationMethod },
  };
}

const judge = (each: readonly Signed[]): Promise<Judgement[]> =>
  judgeCredentials(
    each.map(({ document, token }) => ({ document: JSON.stringify(document), token })),
    { contexts, didDocuments: [issuer.didDocument] },
  );

const contextsOf = (documents: readonly object[]) =>
  documents.flatMap((each) => (each as { '@context': string[] })['@context']);

type Path = readonly string[];

/** Where the texts of a document stand: contexts, types and those of its proof, too. */
function textsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return value === '' ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, [...path, name]));
}

/** A copy with the middle character of one text changed. */
function altered(value: object, path: Path): object {
  const copy = structuredClone(value);
  const last = path.at(-1) ?? '';
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (each, name) => each[name] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
  const characters = [...(parent[last] as string)];
  const middle = Math.floor(characters.length / 2);
  parent[last] = characters.with(middle, characters[middle] === 'q' ? 'r' : 'q').join('');
  return copy;
}
