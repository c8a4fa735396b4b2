import { expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { Credential } from '../credential/credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import type { SignableCredential } from '../signing/registered-claims.ts';

/** A text in each writing system that names are written in, and what has broken signatures before. */
const names = [
  ...['Ada O’Brien', 'Nguyễn Thị Ngọc Ánh', 'Γιώργος', 'Мария Шарапова', 'श्रीकृष्ण शर्मा', 'অনন্যা', 'ਗੁਰਪ੍ਰੀਤ', 'ભાવના'],
  ...['ପ୍ରିୟଙ୍କା', 'கார்த்திகேயன்', 'శ్రీనివాస్', 'ಲಕ್ಷ್ಮೀ', 'ശ്രീകുമാർ', 'محمد السلامي', 'عائشہ صدیقی', 'דוד בן־גוריון'],
  ...[
    'สมชาย ใจดี',
    'សុខ វណ្ណា',
    'ສົມຊາຍ',
    'အောင်ဆန်း',
    '王小明',
    '山田さくら',
    '김철수',
    'ආශා',
    'ተስፋዬ',
    'Ջոն',
    'ნინო',
    '𞤀𞤣𞤢𞤥',
  ],
];
const traps = [
  ...[
    'same',
    'same',
    'same',
    '"quoted" \\ back',
    "l'été",
    'line\nbreak\r\nand more',
    '"^^<x> .\n_:c14n0 <y>',
    '_:c14n0',
  ],
  ...[
    '\\u0041',
    '@value',
    'e\u0301 \u00e9',
    '\u2028\u2029\ufeff',
    '👩‍👩‍👧 🎉',
    '\u{10ffff}\uffff',
    '\u0085\u00a0',
    '80',
    'true',
    ' ',
  ],
  ...['{{recipient.name}}', '<b>&amp;</b>', '2026-03-01T12:00:00.5+05:30', 'https://example.org/', 'x'.repeat(3_000)],
  ...['किताब '.repeat(300), '$&', '%00', 'null'],
];

/** Small, and the same everywhere (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many combinations of members there are: the first has every one, the second none that may be left out. */
const structures = 12;

/**
 * Credentials of our builder with all that may be left out, and behind it the other members of Open Badges 3.0 (the class tables of its
 * appendix B) that somebody may want one day. The same for the same seed.
 */
export function seededCredentials(seed: number, count: number, did: string): SignableCredential[] {
  return Array.from({ length: count }, (_, at) => {
    const source = new Source(seed + at, at);
    const built = buildCredential(input(source, did));
    // Every other structure is as the builder leaves it.
    return (at % 2 === 1 ? built : withMore(built, source)) as SignableCredential;
  });
}

/** Where a credential takes its values from: by chance; and its structure: by its number alone, so that each is compiled and filled many times. */
class Source {
  readonly #next: () => number;
  readonly #at: number;
  readonly #structure: number;
  #asked = 0;
  #made = 0;

  constructor(seed: number, at: number) {
    this.#next = random(seed);
    this.#at = at;
    this.#structure = at % structures;
  }

  below = (limit: number) => Math.floor(this.#next() * limit);

  /** The first structure has every member, the second none. */
  has = () => {
    this.#asked++;
    const bits = (this.#structure * 2_654_435_761) >>> (this.#asked % 29);
    return this.#structure === 0 || (this.#structure > 1 && bits % 2 === 1);
  };

  pick = (from: readonly string[]) => from[this.below(from.length)] ?? '';

  text = () => {
    const [name, trap] = [this.pick(names), this.pick(traps)];
    return [name, trap, `${name} ${trap} ${this.pick(names)}`][this.below(3)] ?? '';
  };

  /** Never the same twice: two nodes of one name would be one node. */
  iri = (kind: string) => `https://academy.example/${kind}/${this.#at}-${++this.#made}?q=${this.below(1e9)}`;

  instant = () => new Date(Date.UTC(2026, 0, 1) + this.below(5e9));

  /** As many as the structure says. */
  list = <Value>(value: (index: number) => Value) =>
    Array.from({ length: 1 + (this.#structure % 3) }, (_, index) => value(index));

  /** An optional member. */
  some = <Value>(member: string, value: () => Value) => (this.has() ? { [member]: value() } : {});
}

function input({ below, has, iri, instant, list, pick, some, text }: Source, did: string): CredentialInput {
  return {
    id: iri('v'),
    issuer: { did, name: text(), ...some('url', () => `${iri('home')}#ü`), ...some('image', () => iri('image')) },
    validFrom: instant(),
    ...some('validUntil', () => new Date('2027-03-01T00:00:00Z')),
    recipient: {
      ...{ id: iri('people'), name: text() },
      ...some('email', () => ({ address: `${below(1e9)}@example.org`, salt: text() })),
    },
    achievement: {
      ...{ id: iri('achievement'), name: text(), description: text(), criteria: text() },
      ...some('type', () => pick(['Course', 'Certificate', 'First aid'])),
      ...some('criteriaUrl', () => iri('criteria')),
      ...some('image', () => iri('image')),
      ...some('humanCode', text),
      ...some('inLanguage', () => pick(['en', 'hi', 'pt-BR', 'zh-Hant-TW'])),
      // Without emoji: two recommendations sort them differently in a set, and a proof of such a one is refused.
      ...some('tags', () => list((index) => `${index} ${text().replace(/[\u{10000}-\u{10ffff}]/gu, '')}`)),
      ...some('alignments', () =>
        list(() => ({ name: text(), url: iri('standard'), ...some('code', text), ...some('framework', text) })),
      ),
    },
    ...some('image', () => iri('image')),
    ...some('number', text),
    ...some('achievedOn', instant),
    ...some('results', () =>
      list((index) => ({
        name: `${index} ${text()}`,
        type: has() ? ('Result' as const) : ('Percent' as const),
        value: text(),
      })),
    ),
    ...some('evidence', () =>
      list(() => ({ url: iri('evidence'), ...some('name', text), ...some('description', text) })),
    ),
    ...some('status', () => ({ list: `https://certificates.example/status/${below(1e9)}`, index: below(131_072) })),
  };
}

function withMore(built: Credential, { has, instant, iri, list, some, text }: Source): object {
  const { achievement, result = [], ...subject } = built.credentialSubject;
  const when = () => `${instant().toISOString().slice(0, 19)}Z`;
  const level = () => ({ id: iri('level'), type: ['RubricCriterionLevel'], name: text(), level: text(), points: '10' });
  const [leveled, lettered, levels] = [iri('description'), iri('description'), list(level)];
  const descriptions = has()
    ? [
        {
          ...{ id: leveled, type: ['ResultDescription'], name: text(), resultType: 'RubricCriterionLevel' },
          ...{ rubricCriterionLevel: levels, ...some('requiredLevel', () => levels[0]?.id) },
        },
        {
          ...{ id: lettered, type: ['ResultDescription'], name: text(), resultType: 'LetterGrade' },
          ...{ allowedValue: list(text), valueMin: '0', valueMax: '100', requiredValue: '60' },
        },
      ]
    : [];
  const results = [
    { type: ['Result'], resultDescription: leveled, achievedLevel: levels[0]?.id },
    { type: ['Result'], resultDescription: lettered, value: text(), status: 'Completed' },
  ];
  return {
    ...built,
    ...some('awardedDate', when),
    issuer: {
      ...{ ...built.issuer, ...some('email', text), ...some('phone', text), ...some('description', text) },
      ...some('image', () => ({ id: iri('image'), type: 'Image', caption: text() })),
    },
    credentialSubject: {
      ...{ ...subject, ...some('activityStartDate', when), ...some('narrative', text) },
      ...{ ...some('role', text), ...some('term', text) },
      achievement: {
        ...{ ...achievement, ...some('fieldOfStudy', text), ...some('specialization', text), ...some('version', text) },
        ...some('creator', () => ({ id: iri('creator'), type: ['Profile'], name: text() })),
        ...(descriptions.length > 0 && {
          resultDescription: [...(achievement.resultDescription ?? []), ...descriptions],
        }),
      },
      ...((result.length > 0 || descriptions.length > 0) && {
        result: [...result, ...(descriptions.length > 0 ? results : [])],
      }),
    },
  };
}

test('the same seed gives the same credentials, with every member somewhere and every one absent somewhere', () => {
  const made = seededCredentials(1, 60, 'did:web:certificates.example');
  expect(seededCredentials(1, 60, 'did:web:certificates.example')).toEqual(made);
  const texts = made.map((each) => JSON.stringify(each));
  for (const member of [
    ...['validUntil', 'description', 'image', 'awardedDate', 'evidence', 'credentialStatus', 'email', 'phone', 'salt'],
    ...['activityStartDate', 'activityEndDate', 'narrative', 'role', 'term', 'humanCode', 'inLanguage', 'fieldOfStudy'],
    ...[
      'specialization',
      'version',
      'tag',
      'alignment',
      'creator',
      'rubricCriterionLevel',
      'achievedLevel',
      'requiredLevel',
    ],
    ...['allowedValue', 'status', 'caption', 'targetCode', 'licenseNumber', 'achievementType', 'url'],
  ]) {
    const having = texts.filter((each) => each.includes(`"${member}":`)).length;
    expect([member, having > 0]).toEqual([member, true]);
    if (!['description', 'narrative'].includes(member)) expect([member, having < 60]).toEqual([member, true]);
  }
  for (const name of names) expect(texts.some((each) => each.includes(name))).toBe(true);
});
