import { judgeCertificate, type Reason } from '@laurel/certificates';
import { refusalCodes } from '@laurel/credentials';
import { describe, expect, it } from 'vitest';
import { languages } from './language.ts';
import { tellReason } from './tell-reason.ts';

const certificate = {
  recipient: { name: 'Asha Verma' },
  achievement: { name: 'Rust', description: 'Completed Rust.', criteria: 'Complete it.' },
  issuer: { did: 'did:web:a.example', name: 'Acme' },
  validFrom: '2026-03-01T12:00:00Z',
  changedAt: '2026-05-01T00:00:00Z',
  results: [],
};
const tell = (reason: Reason, language: (typeof languages)[number] = 'en') =>
  String(tellReason(reason, certificate, language));
const suspended = (stateReason: string | null, suspendedUntil: Date | null): Reason => {
  const facts = { state: 'suspended', stateReason, suspendedUntil, successor: null, validUntil: null } as const;
  const dates = { stateChangedAt: new Date(certificate.changedAt), validFrom: new Date(certificate.validFrom) };
  return judgeCertificate({ ...facts, ...dates }, new Date('2026-06-01T00:00:00Z')).reasons[0] as Reason;
};

describe('a reason on the page', () => {
  it('holds the words of the issuer and the end of a suspension, whatever they look like', () => {
    const words = 'Fees: unpaid until 1 January 2099. <b>';
    expect(tell(suspended(words, null))).toBe(
      'Its issuer suspended it on <bdi>1 May 2026</bdi>: <bdi class="words">Fees: unpaid until 1 January 2099. &lt;b&gt;</bdi>',
    );
    expect(tell(suspended(null, new Date('2026-07-01T10:30:00Z')))).toBe(
      'Its issuer suspended it on <bdi>1 May 2026</bdi> until <bdi>1 July 2026</bdi>.',
    );
    expect(tell(suspended(words, new Date('2026-07-01T10:30:00Z')))).toMatch(/ until <bdi>1 July 2026<\/bdi>: <bdi/);
  });

  it('is in every language, a stolen key too', () => {
    const reason = { code: 'compromised-key', message: 'In English.' };
    const told = languages.map((language) => tell(reason, language));
    expect(new Set(told).size).toBe(languages.length);
    for (const each of told) expect(each).not.toContain('In English.');
  });

  it.each([...Object.keys(refusalCodes), 'no-status', 'issuer-not-trusted', 'revoked', 'suspended'])(
    'is in every language, of what was presented too: %s',
    (code) => {
      const bare = { ...certificate, changedAt: undefined };
      const told = languages.map((language) => String(tellReason({ code, message: 'In short.' }, bare, language)));
      expect(new Set(told).size).toBe(languages.length);
      for (const each of told) expect(each).not.toContain('In short.');
    },
  );

  it('is told in English where the page has no words for it', () => {
    expect(tell({ code: 'brand-new', message: 'It has not expired.' }, 'ar')).toBe(
      '<span lang="en" dir="auto">It has not expired.</span>',
    );
  });
});
