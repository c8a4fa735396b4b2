import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import { compileForm } from './compile-form.ts';
import type { CompiledForm } from './compiled-form.ts';
import { libraryForm } from './library-form.ts';
import { shapeOf } from './shape-of.ts';
import { withTexts } from './with-texts.ts';

const input: CredentialInput = {
  id: 'https://certificates.example/v/7Jq2',
  issuer: { did: 'did:web:certificates.example:issuers:1', name: 'Acme Academy' },
  validFrom: new Date('2026-03-01T12:00:02Z'),
  recipient: { id: 'urn:x:2', name: 'Asha' },
  achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
};
const results = ['score', 'grade', 'hours'].map((name) => ({ name, type: 'Result' as const, value: `${name} 1` }));
const documents = {
  'with 2 blank nodes': buildCredential(input),
  'with 7 blank nodes': withAlignment(
    buildCredential({
      ...input,
      issuer: { ...input.issuer, url: 'https://academy.example' },
      validUntil: new Date('2027-03-01T12:00:02Z'),
      recipient: { id: 'urn:x:2', name: 'Asha', email: { address: 'asha@example.org', salt: 's' } },
      achievement: { ...input.achievement, type: 'Course' },
      ...{ number: '1', achievedOn: new Date('2026-02-01T00:00:00Z'), results },
    }),
  ),
};

// eslint-disable-next-line no-control-regex
const withoutControls = (each: string) => each.replaceAll(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/g, '\n');
const text = fc
  .oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 3, arbitrary: fc.stringMatching(/^[a"\\\n\r<>_:.^@ é\u{1f600}\uff01\u2028\ufeff]{0,12}$/u) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...['', ' ', 'same', '\\u0041', '"^^<x> .\n', '_:c14n0', '_:b0', 'urn:laurel-slot:1.', '@value', 'name'],
        ...['e\u0301', 'é', 'أحمد', 'សុខា', 'आशा', '👩‍👩‍👧', '\u{10ffff}', '\ufffe', '\x85', '"en"@en', '$&', '{}'],
        'x'.repeat(3_000),
      ),
    },
  )
  .map(withoutControls);
const iri = fc.oneof(
  { weight: 5, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  { weight: 3, arbitrary: fc.nat(9).map((n) => `urn:x:${n}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('https://EXAMPLE.org/%7Ea/../b', 'did:web:ü.example', 'https://例え.jp/#ö'),
  },
);
const textsFor = (document: object) =>
  fc.tuple(...shapeOf(document).texts.map((given) => (/^(https?:|urn:|did:)/.test(given) ? iri : text)));

describe.each(Object.entries(documents))('the form of a credential %s', (name, document) => {
  const blank = Number(/\d/.exec(name)?.[0]);
  // Together more than 2,000; the library takes three times as long for the larger one.
  const runs = blank === 2 ? 1_720 : 440;
  let form: CompiledForm;
  let slots: readonly string[];

  beforeAll(async () => {
    form = (await compileForm(document)) as CompiledForm;
    slots = shapeOf(document).texts;
  });

  test('is the one of the library', { timeout: 60_000 }, async () => {
    expect(new Set((await libraryForm(document)).match(/_:c14n\d+/g))).toHaveProperty('size', blank);
    let compared = 0;
    let alike = 0;
    await fc.assert(
      fc.asyncProperty(textsFor(document), async (texts) => {
        const ours = form.fill(texts);
        if (ours === undefined) alike++;
        else expect(ours).toBe(await libraryForm(withTexts(document, texts)));
        compared++;
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(compared - alike).toBeGreaterThanOrEqual(runs * 0.95);
  });

  test.each(['x\ud800', '\udc00', '\t', '\0', '\x7f', '\x1b[0m'])('is left to the library for the text %j', (bad) => {
    const slot = slots.indexOf('Rust');
    expect(form.fill(slots)).toBeDefined();
    expect(form.fill(slots.with(slot, bad))).toBeUndefined();
  });

  test.each(['', 'relative', '_:b0', '@type', 'https://x y', 'name:foo', 'urn:<x>', 'urn:x\n', 'urn:x\x85'])(
    'is left to the library for the IRI %j',
    (bad) => {
      expect(form.fill(slots.with(slots.indexOf('urn:x:1'), bad))).toBeUndefined();
      expect(form.fill(slots.with(slots.indexOf('Rust'), 'relative'))).toBeDefined();
    },
  );
});

describe('no form is compiled', () => {
  const schema = { id: 'urn:x:3', type: 'JsonSchema' };
  test.each<[string, object]>([
    ['where a text is within a JSON literal', { credentialSchema: { ...schema, jsonSchema: { title: 'x' } } }],
    ['for a member that no context defines', { unheardOf: 'x' }],
  ])('%s', async (_, member) => {
    expect(await compileForm({ ...buildCredential(input), ...member })).toBeUndefined();
  });
});

test('nodes that nothing tells apart are left to the library', async () => {
  const document = documents['with 7 blank nodes'];
  const form = await compileForm(document);
  const { texts } = shapeOf(document);
  expect(form?.fill(texts)).toBe(await libraryForm(document));
  // Two results with the same description and value.
  const alike = texts.map((each) => each.replace(/^(score|grade|hours) 1$/, '1').replace(/^urn:uuid:.*/, 'urn:uuid:1'));
  expect(form?.fill(alike)).toBeUndefined();
});

function withAlignment(credential: ReturnType<typeof buildCredential>): object {
  const { credentialSubject } = credential;
  const alignment = { type: ['Alignment'], targetName: 'Rust', targetUrl: 'https://standards.example/rust' };
  return {
    ...credential,
    credentialSubject: {
      ...credentialSubject,
      achievement: { ...credentialSubject.achievement, tag: ['a', 'b', 'c'], alignment: [alignment] },
    },
  };
}
