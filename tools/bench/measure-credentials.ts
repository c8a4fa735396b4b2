import { createPrivateKey } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import {
  buildCredential,
  createSigner,
  type Credential,
  generateIntegrityKey,
  generateSigningKey,
  loadContext,
  signCredential,
} from '@laurel/credentials';
import jose from 'node-jose';
import type { BenchRow } from './bench-row.ts';
import { percentile } from './percentile.ts';

const rounds = 3;
/** Certificates of a round, by us and by the libraries, and before the first one. */
const [ours, theirs, warm] = [1_000, 30, 500];
const issuer = 'did:web:certificates.example:issuers:1';
const created = new Date('2026-03-01T12:00:02Z');

/** Both proofs of a certificate, Data Integrity in the credential and the VC-JWT around it: against the libraries alone. */
export async function measureCredentials(): Promise<BenchRow[]> {
  const integrity = generateIntegrityKey();
  const key = createPrivateKey({ key: integrity.privateJwk, format: 'jwk' });
  const signing = await generateSigningKey((thumbprint) => `${issuer}#${thumbprint}`);
  const verificationMethod = `${issuer}#di-1`;
  const keys = { signToken: await createSigner(signing), integrity: { key, verificationMethod } };
  const own = async (document: Credential) => {
    await signCredential(document, keys, created);
  };

  const pair = await from({
    ...{ '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', id: verificationMethod },
    ...{ controller: issuer, publicKeyMultibase: integrity.publicKeyMultibase },
    ...{ secretKeyMultibase: secretKeyMultibase(integrity.privateJwk.d ?? '') },
  });
  const joseKey = await jose.JWK.asKey({ ...signing.privateJwk });
  const libraries = async (document: Credential) => {
    const suite = new DataIntegrityProof({ cryptosuite, signer: pair.signer(), date: created });
    const proven = await issue({ credential: document, suite, documentLoader: loadContext, now: created });
    await jose.JWS.createSign({ format: 'compact', fields: { typ: 'JWT', kid: signing.kid } }, joseKey)
      .update(JSON.stringify(proven))
      .final();
  };

  await each(own, warm);
  await each(libraries, 20);
  const costs = { own: [] as number[], libraries: [] as number[], ratio: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const byLibraries = await each(libraries, theirs);
    const byUs = await each(own, ours);
    costs.own.push(byUs);
    costs.libraries.push(byLibraries);
    costs.ratio.push(byLibraries / byUs);
  }
  const median = (values: readonly number[]) => percentile(values, 0.5);
  return [
    {
      ...{ name: 'both-proofs', value: median(costs.own), unit: 'ms/cert', least: 0.4 },
      ...{ ratio: median(costs.ratio), comparedTo: 'the libraries alone' },
    },
    { name: 'both-proofs-libraries', value: median(costs.libraries), unit: 'ms/cert' },
  ];
}

/** CPU milliseconds of the proofs of one. */
async function each(prove: (document: Credential) => Promise<void>, count: number): Promise<number> {
  const documents = Array.from({ length: count }, (_, number) => credential(number));
  const before = process.cpuUsage();
  for (const document of documents) await prove(document);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / count;
}

function credential(number: number): Credential {
  return buildCredential({
    id: `https://certificates.example/v/${number}`,
    image: `https://certificates.example/v/${number}.png`,
    issuer: { did: issuer, name: 'Acme Academy', url: 'https://academy.example' },
    validFrom: created,
    validUntil: new Date('2027-03-01T00:00:00Z'),
    recipient: {
      ...{ id: `urn:uuid:0199d7a0-5e3a-5c11-8a53-${String(number).padStart(12, '0')}`, name: `आशा ${number}` },
      email: { address: `learner-${number}@example.org`, salt: `salt ${number}` },
    },
    achievement: {
      ...{ id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a', type: 'Course', name: 'Rust for beginners' },
      ...{ description: 'Completed the course.', criteria: 'Complete the course with a score of at least 60.' },
    },
    ...{ number: `ACME-2026-${number}`, achievedOn: created },
    status: { list: 'https://certificates.example/status/0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0b', index: number },
    results: ['score', 'grade', 'hours'].map((name) => ({ name, type: 'Result' as const, value: `${number} ${name}` })),
  });
}

/** As Multikeys write private ones: their code and the 32 bytes in base58 with `z`. */
function secretKeyMultibase(d: string): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let left = BigInt(`0x8026${Buffer.from(d, 'base64url').toString('hex')}`);
  let text = '';
  for (; left > 0n; left /= 58n) text = `${alphabet[Number(left % 58n)]}${text}`;
  return `z${text}`;
}
