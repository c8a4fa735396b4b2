import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import { createSigner } from '../signing/create-signer.ts';
import { signCredential } from '../signing/sign-credential.ts';
import { ownContext } from '../terms/own-context.ts';
import type { OwnTerms } from '../terms/own-terms.ts';
import { testIssuer, testSeeds } from './test-issuer.spec.ts';

const issuer = testIssuer(testSeeds);
const created = new Date('2026-03-01T12:00:02Z');
const terms: OwnTerms = {
  publicUrl: 'https://certificates.example',
  tenantId: 'demo',
  typeId: 'membership / members',
  version: 2,
  names: ['memberSince', 'grade'],
};
const own = ownContext(terms);

async function signed(memberSince: string) {
  const keys = { signToken: await createSigner(issuer.token), integrity: issuer.integrity };
  const credential = buildCredential({
    id: 'https://certificates.example/v/7Jq2',
    issuer: { did: issuer.did, name: 'Acme Academy' },
    validFrom: created,
    recipient: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name: 'Asha' },
    achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
    own: { terms, values: { memberSince, grade: 'A' } },
  });
  return signCredential(credential, keys, created, terms);
}

/** Whether a stranger's library accepts it, who reads the context from where it is served. */
async function accepted(credential: object, body: string | undefined): Promise<boolean> {
  const documentLoader = async (url: string) =>
    url === own.address && body !== undefined
      ? { documentUrl: url, document: JSON.parse(body) as object }
      : issuer.documentLoader(url);
  const suite = new DataIntegrityProof({ cryptosuite });
  return (await verifyCredential({ credential, suite, documentLoader, now: created })).verified;
}

// The first is made by the library, the second by the form that is then compiled, the third by what is kept.
test.each(['2019-04-01', 'since "always" \\ \n', 'आशा 👩‍👩‍👧'])('own terms are verified by strangers: %j', async (text) => {
  const { document, token } = await signed(text);
  const body = JSON.stringify(own.document);
  expect(await accepted(document, body)).toBe(true);
  const { credentialSubject } = document;
  const changed = (more: object) => ({ ...document, credentialSubject: { ...credentialSubject, ...more } });
  expect(await accepted(changed({ memberSince: `${text}x` }), body)).toBe(false);
  expect(await accepted(changed({ memberSince: undefined }), body)).toBe(false);
  // The same names with another meaning, and nothing that says what they mean.
  expect(await accepted(document, body.replaceAll('#memberSince', '#since'))).toBe(false);
  expect(await accepted(document, undefined)).toBe(false);

  const { payload } = await jwtVerify(token, createLocalJWKSet(issuer.jwks), { currentDate: created });
  expect(payload).toMatchObject({ ...document, credentialSubject: { memberSince: text, grade: 'A' } });
});
