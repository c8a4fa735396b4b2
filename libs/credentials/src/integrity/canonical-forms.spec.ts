import { describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import { CanonicalForms } from './canonical-forms.ts';
import { libraryForm } from './library-form.ts';

const credential = (name: string, values: readonly string[], validUntil?: Date) =>
  buildCredential({
    id: 'https://certificates.example/v/7Jq2',
    issuer: { did: 'did:web:certificates.example:issuers:1', name: 'Acme Academy' },
    validFrom: new Date('2026-03-01T12:00:02Z'),
    ...(validUntil && { validUntil }),
    recipient: { name },
    achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
    results: values.map((value, index) => ({ name: `result ${index}`, type: 'Result' as const, value })),
  });

describe('canonical forms', () => {
  test('are kept by structure: what is there, how often, of which type', { timeout: 60_000 }, async () => {
    const forms = new CanonicalForms();
    const until = new Date('2027-03-01T12:00:02Z');
    const documents = [
      credential('Asha', ['1']),
      credential('Bo', ['2'], until),
      credential('Cy', ['1', '2']),
      { ...credential('Asha', ['1']), type: ['VerifiableCredential'] },
      { ...credential('Asha', ['1']), name: { '@value': 'Rust', '@language': 'de' } },
      { ...credential('Asha', ['1']), name: { '@value': 'Rust', '@language': 'en' } },
    ];
    // Each structure is made by the library once, is compiled, and is then filled.
    for (let round = 0; round < 3; round++) {
      for (const document of documents) expect(await forms.of(document)).toBe(await libraryForm(document));
    }
  });

  test('come from the library where nothing tells two nodes apart', { timeout: 30_000 }, async () => {
    const forms = new CanonicalForms();
    const first = { type: ['Alignment'], targetName: 'Rust', targetUrl: 'https://standards.example/rust' };
    const { credentialSubject, ...rest } = credential('Asha', []);
    const aligned = (targetName: string) => ({
      ...rest,
      credentialSubject: {
        ...credentialSubject,
        achievement: { ...credentialSubject.achievement, alignment: [first, { ...first, targetName }] },
      },
    });
    for (const name of ['Go', 'Go', 'C', 'Rust', 'Rust']) {
      expect(await forms.of(aligned(name))).toBe(await libraryForm(aligned(name)));
    }
  });

  test('of values that no form takes come from the library, which refuses some', { timeout: 30_000 }, async () => {
    const forms = new CanonicalForms();
    for (const name of ['a', 'b', 'tab\t', '\x7f']) {
      expect(await forms.of(credential(name, []))).toBe(await libraryForm(credential(name, [])));
    }
    await expect(forms.of({ ...credential('a', []), id: 'relative' })).rejects.toThrow('Safe mode');
  });

  test('forget the structure that was used longest ago, and know it again', { timeout: 30_000 }, async () => {
    const forms = new CanonicalForms();
    const context = ['https://www.w3.org/ns/credentials/v2'];
    const document = { '@context': context, id: 'urn:x:1', type: ['VerifiableCredential'], name: 'x' };
    const expected = await libraryForm(document);
    for (let language = 0; language < 300; language++) {
      await forms.of({ ...document, name: { '@value': 'x', '@language': `en-x-a${language}` } });
    }
    for (let again = 0; again < 3; again++) expect(await forms.of(document)).toBe(expected);
  });
});
