import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import { CredentialRefused } from '../credential/credential-refused.ts';
import { CanonicalForms } from '../integrity/canonical-forms.ts';
import { compileForm } from '../integrity/compile-form.ts';
import { libraryForm } from '../integrity/library-form.ts';
import { shapeOf } from '../integrity/shape-of.ts';
import { withTexts } from '../integrity/with-texts.ts';
import { ownContext } from './own-context.ts';
import type { OwnTerms } from './own-terms.ts';
import { termFault } from './term-fault.ts';

const terms: OwnTerms = {
  publicUrl: 'https://certificates.example',
  tenantId: 'demo',
  typeId: 'membership',
  version: 2,
  names: ['memberSince', 'grade', 'bloodGroup'],
};
const address = 'https://certificates.example/contexts/demo/membership/2';
const input: CredentialInput = {
  id: 'https://certificates.example/v/7Jq2',
  issuer: { did: 'did:web:certificates.example:issuers:1', name: 'Acme Academy' },
  validFrom: new Date('2026-03-01T12:00:02Z'),
  recipient: { id: 'urn:x:2', name: 'Asha' },
  achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
  results: [{ name: 'memberSince', type: 'Result', value: '2019-04-01' }],
};
const values = { memberSince: '2019-04-01', grade: 'A' };
const credential = (own: CredentialInput['own'] = { terms, values }) => buildCredential({ ...input, own });

describe('the context of own terms', () => {
  test('is all of this, for ever: certificates stand on it', () => {
    expect(ownContext(terms)).toEqual({
      address,
      document: {
        '@context': {
          '@version': 1.1,
          '@protected': true,
          memberSince: { '@id': `${address}#memberSince` },
          grade: { '@id': `${address}#grade` },
          bloodGroup: { '@id': `${address}#bloodGroup` },
        },
      },
    });
  });

  test.each([
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['आशा %', '%E0%A4%86%E0%A4%B6%E0%A4%BE%20%25'],
    ["it's (1)", "it's%20(1)"],
  ])('of the type %s has an address that is one IRI', async (typeId, encoded) => {
    const own = { terms: { ...terms, typeId }, values };
    expect(ownContext(own.terms).address).toBe(`https://certificates.example/contexts/demo/${encoded}/2`);
    expect(await libraryForm(credential(own), own.terms)).toContain(`/${encoded}/2#grade> "A" .\n`);
  });
});

describe('a credential with own terms', () => {
  test('names their context last and says them of its subject, beside its results', () => {
    const without = buildCredential(input);
    expect(credential()).toEqual({
      ...without,
      '@context': [...without['@context'], address],
      credentialSubject: { ...without.credentialSubject, ...values },
    });
  });

  test('that has no value for any is one of standard terms only', () => {
    expect(credential({ terms, values: {} })).toEqual(buildCredential(input));
  });

  test.each<[string, Partial<OwnTerms>, Record<string, string>]>([
    ['own.terms.names: name has a meaning in VC 2.0', { names: ['name'] }, { name: 'x' }],
    ['own.terms.names: Grade is no name in camel case', { names: ['Grade'] }, { Grade: 'x' }],
    ['own.values: hours is none of the terms', {}, { hours: 'x' }],
    ['own.terms.typeId is a dot or two', { typeId: '..' }, { grade: 'x' }],
    ['half a surrogate pair', {}, { grade: 'x\ud800' }],
  ])('is refused: %s', (problem, changed, given) => {
    const build = () => credential({ terms: { ...terms, ...changed }, values: given });
    expect(build).toThrow(CredentialRefused);
    expect(build).toThrow(problem);
  });

  test('has a compiled form that is the one of the library', { timeout: 60_000 }, async () => {
    const document = credential();
    const form = await compileForm(document, terms);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '',
        '"^^<x> .\n',
        '_:c14n0',
        '@value',
        'urn:x:1',
        'memberSince',
        'e\u0301',
        '👩‍👩‍👧',
        `${address}#grade`,
      ),
    );
    const given = shapeOf(document).texts;
    const texts = fc.tuple(...given.map((each) => (/^(https?:|urn:|did:)/.test(each) ? fc.constant(each) : text)));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (tried) => {
        const ours = form?.fill(tried);
        if (ours === undefined) return;
        expect(ours).toBe(await libraryForm(withTexts(document, tried), terms));
        compared++;
      }),
      { numRuns: 500, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(450);
  });

  test('is read with its own terms alone, whatever was read before', { timeout: 30_000 }, async () => {
    const forms = new CanonicalForms();
    const fewer = { ...terms, names: ['memberSince'] };
    const isRead = async () =>
      expect(await forms.of(credential(), terms)).toContain(`<urn:x:2> <${address}#grade> "A" .\n`);
    // By the library, and compiled.
    for (let round = 0; round < 3; round++) await isRead();
    for (let round = 0; round < 3; round++) {
      await isRead();
      // It defines no grade, so nothing would say what that means.
      await expect(forms.of(credential(), fewer)).rejects.toThrow('Safe mode');
      await expect(forms.of(credential())).rejects.toThrow('Dereferencing a URL');
      await expect(forms.of(credential(), { ...terms, version: 3 })).rejects.toThrow('Dereferencing a URL');
    }
  });
});

describe('a name', () => {
  test.each(['memberSince', 'grade', 'score', 'courseTitle', 'completedAt', 'batchId', 'dose2', 'a'])(
    '%s can be a term',
    async (name) => {
      expect(termFault(name)).toBeUndefined();
      const own = { terms: { ...terms, names: [name] }, values: { [name]: 'x' } };
      expect(await libraryForm(credential(own), own.terms)).toContain(`#${name}> "x" .\n`);
    },
  );

  test.each([
    // Of VC 2.0, of Open Badges 3.0, of one class only, of a keyword.
    ...['name', 'validFrom', 'encodedList', 'achievement', 'result', 'valueMax', 'identityHash', 'geo', 'id', 'type'],
    ...['@id', '@type', 'Grade', 'member-since', 'member_since', 'x:y', '1st', '', 'é', 'a'.repeat(65)],
    ...['urn', 'https', 'did', 'constructor', 'toString', 'hasOwnProperty', '__proto__'],
  ])('%s cannot', (name) => {
    expect(termFault(name)).toMatch(/rename the member of the input$/);
  });

  test('that a credential of ours uses already is none', () => {
    const whole = buildCredential({
      ...input,
      number: '1',
      achievedOn: new Date(0),
      evidence: [{ url: 'https://a.example', name: 'a', description: 'b' }],
      status: { list: 'https://a.example/1', index: 1 },
    });
    const names = new Set<string>();
    JSON.stringify(whole, (name, value: unknown) => (names.add(name), value));
    const used = [...names].filter((name) => /^[a-z][A-Za-z]*$/.test(name));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((name) => termFault(name) === undefined)).toEqual([]);
  });
});
