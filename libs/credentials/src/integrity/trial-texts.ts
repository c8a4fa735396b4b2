/** What has broken canonical forms before; none of them is one that a form refuses to fill. */
const literals = [
  '',
  ' ',
  '"',
  '\\',
  '\\u0041',
  'a\r\nb\n',
  '"^^<x> .\n_:c14n0 <y>',
  '_:c14n0',
  '@value',
  '\u2028\u2029\ufeff',
  'e\u0301 \u00e9',
  'आशा ខ្មែរ',
  'محمد',
  '👩‍👩‍👧 \u{10ffff}',
  '\uffff\u0085\u00a0',
  'https://example.org/',
  'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
  '2026-03-01T12:00:00.5+05:30',
  'x'.repeat(2_000),
  'true',
  '80',
  '<b>&amp;</b>',
];
const schemes = ['https://a.example/', 'http://b.example/?q=', 'urn:x:', 'did:web:', 'https://ü.example/ö#'];

/** Texts for the trial of a form, the same each time: mostly different ones, some equal, and in the last trials many of one kind. */
export function trialTexts(trial: number, count: number, iris: readonly number[]): string[] {
  const kinds = new Set(iris);
  return Array.from({ length: count }, (_, slot) => {
    // In every third trial neighbours may be equal; in the others a number tells them apart.
    const suffix = trial % 3 === 2 && slot % 4 === 0 ? '' : `${slot}`;
    const turn = trial * 7 + slot * 5;
    if (kinds.has(slot)) return `${schemes[turn % schemes.length]}${trial}${suffix}`;
    return `${literals[turn % literals.length]}${trial % 5 === 4 && slot % 2 === 0 ? '' : suffix}`;
  });
}
