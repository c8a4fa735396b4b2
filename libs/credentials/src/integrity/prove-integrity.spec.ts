import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikey from '@digitalbazaar/multikey-context';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { encode } from 'base58-universal';
import did from 'did-context';
import { describe, expect, test } from 'vitest';
import { loadContext } from '../contexts/load-context.ts';
import { buildCredential } from '../credential/build-credential.ts';
import { multikeyOf } from '../keys/multikey-of.ts';
import { IntegrityRefused } from './integrity-refused.ts';
import { proveIntegrity } from './prove-integrity.ts';

const issuer = 'did:web:certificates.example:issuers:1';
const verificationMethod = `${issuer}#di-1`;
const created = new Date('2026-03-01T12:00:02Z');
// Fixed, so that the golden proof stays. No certificate is ever made with it.
const seed = Buffer.from('4c617572656c20676f6c64656e20766563746f72206f66204e6f76203230323621'.slice(0, 64), 'hex');
const key: KeyObject = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});
const publicKeyMultibase = multikeyOf(key);

const credential = (name = 'Asha', score = '87.5') =>
  buildCredential({
    id: 'https://certificates.example/v/7Jq2',
    issuer: { did: issuer, name: 'Acme Academy', url: 'https://academy.example' },
    validFrom: created,
    validUntil: new Date('2027-03-01T00:00:00Z'),
    recipient: {
      id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
      name,
      email: { address: 'asha@example.org', salt: 'pepper' },
    },
    achievement: {
      id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a',
      type: 'Course',
      name: 'Rust',
      description: 'Completed the course Rust.',
      criteria: 'Complete the course with a score of at least 60.',
    },
    number: 'ACME-2026-000001',
    achievedOn: new Date('2026-02-28T18:00:00+05:30'),
    results: [{ name: 'score', type: 'Percent', value: score }],
  });

/** The issuer as its DID document tells it, without a network. */
async function documentLoader(url: string): Promise<object> {
  const context = did.contexts.get(url) ?? multikey.contexts.get(url);
  if (context) return { documentUrl: url, document: context, tag: 'static' };
  const method = { id: verificationMethod, type: 'Multikey', controller: issuer, publicKeyMultibase };
  if (url === verificationMethod) {
    return { documentUrl: url, document: { '@context': 'https://w3id.org/security/multikey/v1', ...method } };
  }
  if (url !== issuer) return loadContext(url);
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    ...{ id: issuer, verificationMethod: [method], assertionMethod: [verificationMethod] },
  };
  return { documentUrl: url, document };
}

const prove = (document: object) => proveIntegrity(document, { key, verificationMethod, created });
const accepted = async (document: object) => {
  const suite = new DataIntegrityProof({ cryptosuite });
  return (await verifyCredential({ credential: document, suite, documentLoader, now: created })).verified;
};

describe('a proof', () => {
  // The first is made by the library, the second by the form that is then compiled, the others by what is kept.
  test('is the one of @digitalbazaar/vc and accepted by it, by the library and compiled', async () => {
    const pair = await from({
      ...{ '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey' },
      ...{ id: verificationMethod, controller: issuer, publicKeyMultibase },
      secretKeyMultibase: `z${encode(Buffer.concat([Buffer.of(0x80, 0x26), seed]))}`,
    });
    for (const name of ['Asha', 'Bo "B" \\ \n', 'ආශා 👩‍👩‍👧', 'محمد', '_:c14n0']) {
      const proof = await prove(credential(name));
      const suite = new DataIntegrityProof({ cryptosuite, signer: pair.signer(), date: created });
      const theirs = await issue({
        ...{ credential: structuredClone(credential(name)), suite, documentLoader, now: created },
      });
      expect(proof.proofValue).toBe(theirs.proof.proofValue);
      expect(await accepted({ ...credential(name), proof: [proof] })).toBe(true);
      expect(await accepted({ ...credential(`${name}x`), proof: [proof] })).toBe(false);
    }
  });

  test('repeats its bytes', async () => {
    const proof = await prove(credential());
    expect(proof).toEqual({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2026-03-01T12:00:02Z',
      verificationMethod,
      proofPurpose: 'assertionMethod',
      proofValue: 'z2fui1hJVLYhvsJcVSXkn6fxdFX8Y1a4cozXGNXJTkKhwiJwhgbpgFygw2rBUBRDQbUxWA5pa2h98rmKXrPRNT84',
    });
  });

  test.each<[string, object]>([
    ['half a surrogate pair', { ...credential(), name: 'x\ud800' }],
    ['write numbers as texts', { ...credential(), name: 80 }],
    ['write numbers as texts', { ...credential(), name: null }],
    ['validUntil is an empty list', { ...credential(), validUntil: [] }],
    ['proof is there already', { ...credential(), proof: [] }],
    ['@context is missing', { id: 'urn:x' }],
  ])('is refused: %s', async (problem, document) => {
    await expect(prove(document)).rejects.toThrow(IntegrityRefused);
    await expect(prove(document)).rejects.toThrow(problem);
  });

  test('is refused where two recommendations sort a list differently', async () => {
    const subject = credential().credentialSubject;
    const tagged = (...tag: string[]) => ({
      ...credential(),
      credentialSubject: { ...subject, achievement: { ...subject.achievement, tag } },
    });
    await expect(prove(tagged('\u{1f600}', '\uff01'))).rejects.toThrow('sort otherwise');
    await expect(prove(tagged('\u{1f600} \uff01', 'a'))).resolves.toHaveProperty('proofValue');
  });

  test('is refused for a member that no context defines', async () => {
    await expect(prove({ ...credential(), unheardOf: 'x' })).rejects.toThrow();
  });

  test('is made with Ed25519 keys only', async () => {
    const { privateKey } = (await import('node:crypto')).generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(proveIntegrity(credential(), { key: privateKey, verificationMethod, created })).rejects.toThrow(
      'Ed25519',
    );
  });
});

test('no context is fetched', async () => {
  await expect(loadContext('https://contexts.example/v1')).rejects.toThrow('not one of ours');
});
