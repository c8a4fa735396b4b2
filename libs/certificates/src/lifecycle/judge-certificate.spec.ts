import { describe, expect, it } from 'vitest';
import { type CertificateFacts, judgeCertificate } from './judge-certificate.ts';

const now = new Date('2026-06-01T12:00:00Z');
const live: CertificateFacts = {
  state: 'issued',
  stateReason: null,
  stateChangedAt: new Date('2026-05-01T00:00:00Z'),
  suspendedUntil: null,
  successor: null,
  validFrom: new Date('2026-05-01T00:00:00Z'),
  validUntil: null,
};
const judge = (facts: Partial<CertificateFacts>) => judgeCertificate({ ...live, ...facts }, now);

describe('judgeCertificate', () => {
  it('says valid only of a live one within its dates', () => {
    expect(judge({})).toMatchObject({ verdict: 'valid', reasons: [{ code: 'in-force' }] });
    expect(judge({ validUntil: new Date(now.getTime() + 1) }).verdict).toBe('valid');
    for (const state of ['revoked', 'superseded', 'suspended', 'allocated', 'failed', 'withdrawn'] as const) {
      expect(judge({ state }).verdict).not.toBe('valid');
    }
  });

  it('holds an expiry to be the first instant at which it no longer holds', () => {
    expect(judge({ validUntil: now })).toMatchObject({
      verdict: 'expired',
      reasons: [{ code: 'expired', message: 'It expired on 1 June 2026.' }],
    });
    expect(judge({ validFrom: now }).verdict).toBe('valid');
    expect(judge({ validFrom: new Date(now.getTime() + 1) }).verdict).toBe('not-yet-valid');
  });

  it('lets what was done to it outweigh its dates, and tells both', () => {
    const judgement = judge({ state: 'revoked', stateReason: 'Issued in error', validUntil: new Date('2026-05-20') });
    expect(judgement.verdict).toBe('revoked');
    expect(judgement.reasons.map(({ message }) => message)).toEqual([
      'Its issuer revoked it on 1 May 2026: Issued in error',
      'It expired on 20 May 2026.',
    ]);
  });

  it('gives the words of the issuer and the end of a suspension apart from its own sentence', () => {
    const words = 'Issued in error: until 1 May 2030.';
    expect(judge({ state: 'revoked', stateReason: words }).reasons).toEqual([
      { code: 'revoked', message: `Its issuer revoked it on 1 May 2026: ${words}`, words },
    ]);
    const suspendedUntil = new Date('2026-07-01T10:30:00Z');
    expect(judge({ state: 'suspended', stateReason: words, suspendedUntil }).reasons).toEqual([
      {
        code: 'suspended',
        message: `Its issuer suspended it on 1 May 2026 until 1 July 2026: ${words}`,
        words,
        until: '2026-07-01T10:30:00.000Z',
      },
    ]);
    expect(Object.keys(judge({ state: 'suspended' }).reasons[0] ?? {})).toEqual(['code', 'message']);
  });

  it('holds a suspension to be over at its end, whatever its row still says', () => {
    const suspended = (milliseconds: number) =>
      judge({ state: 'suspended', suspendedUntil: new Date(now.getTime() + milliseconds) });
    expect(suspended(1).verdict).toBe('suspended');
    expect(suspended(0)).toMatchObject({ verdict: 'valid', reasons: [{ code: 'in-force' }] });
    expect(judge({ state: 'suspended', suspendedUntil: now, validUntil: now }).verdict).toBe('expired');
  });

  it('names the successor and the end of a suspension', () => {
    expect(judge({ state: 'superseded', successor: 'ACME-2026-000002' }).reasons[0]?.message).toBe(
      'It was replaced on 1 May 2026 by certificate ACME-2026-000002.',
    );
    expect(judge({ state: 'suspended', suspendedUntil: new Date('2026-07-01') }).reasons[0]?.message).toBe(
      'Its issuer suspended it on 1 May 2026 until 1 July 2026.',
    );
  });
});
