import { describe, expect, it } from 'vitest';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import type { CertificateState } from '../certificates/certificate-state.ts';
import type { Settlement } from '../settlement/settle-certificates.ts';
import type { ChangeOutcome } from './certificate-changes.ts';
import type { ReplacementOutcome } from './request-replacement.ts';
import type { RetryOutcome } from './retry-certificate.ts';

type Change = 'revoke' | 'suspend' | 'reinstate' | 'withdraw';

/** What an operation was told, as far as it came. */
export interface RaceAnswer {
  readonly operation: Change | 'reissue' | 'issue' | 'retry';
  readonly actor: string;
  change?: ChangeOutcome | undefined;
  replacement?: ReplacementOutcome | undefined;
  retry?: RetryOutcome | undefined;
  settlement?: Settlement;
}

/** What the database says when a round is over: the certificates of the occasion, their histories, and what was said of them. */
export interface RaceRecord {
  readonly rows: readonly Pick<CertificateRow, 'id' | 'state' | 'version' | 'issue_number'>[];
  readonly history: readonly HistoryRow[];
  readonly said: readonly { readonly type: string; readonly sequence: number; readonly id: string }[];
}

interface HistoryRow {
  readonly certificate_id: string;
  readonly version: number;
  readonly state: CertificateState;
  readonly actor: string;
}

const next: Readonly<Record<CertificateState, readonly CertificateState[]>> = {
  allocated: ['issued', 'failed', 'withdrawn'],
  issued: ['suspended', 'superseded', 'revoked'],
  suspended: ['suspended', 'issued', 'superseded', 'revoked'],
  failed: ['allocated'],
  withdrawn: [],
  superseded: [],
  revoked: [],
};
/** The states in which each answer is the truth. */
const truths: Readonly<Record<Change, Readonly<Record<'changed' | 'already', readonly CertificateState[]>>>> = {
  revoke: { changed: ['revoked', 'withdrawn'], already: ['revoked', 'withdrawn'] },
  suspend: { changed: ['suspended'], already: ['suspended'] },
  reinstate: { changed: ['issued'], already: ['issued'] },
  withdraw: { changed: ['withdrawn'], already: ['withdrawn'] },
};
const stops: Readonly<Record<Change, readonly CertificateState[]>> = {
  revoke: ['superseded', 'failed'],
  suspend: ['allocated', 'failed', 'withdrawn', 'superseded', 'revoked'],
  reinstate: ['allocated', 'failed', 'withdrawn', 'superseded', 'revoked'],
  withdraw: ['issued', 'suspended', 'failed', 'superseded', 'revoked'],
};
const events: Readonly<Partial<Record<CertificateState, string>>> = {
  revoked: 'certificate.revoked.v1',
  suspended: 'certificate.suspended.v1',
  issued: 'certificate.reinstated.v1',
  withdrawn: 'certificate.failed.v1',
};

/** Everything that must hold when a round is over, whatever the order was. */
export function judgeRace({ rows, history, said }: RaceRecord, answers: readonly RaceAnswer[]): void {
  const stateAt = (id: string, version: number) =>
    version === 1
      ? 'allocated'
      : history.find((entry) => entry.certificate_id === id && entry.version === version)?.state;
  for (const { id, state, version } of rows) {
    const path = history.filter((entry) => entry.certificate_id === id);
    expect(path.map((entry) => entry.version)).toEqual(path.map((_, index) => index + 2));
    expect([path.at(-1)?.version ?? 1, path.at(-1)?.state ?? 'allocated']).toEqual([version, state]);
    for (const { version: at, state: to } of path) expect(next[stateAt(id, at - 1)!]).toContain(to);
  }
  expect(rows.filter(({ state }) => state === 'issued' || state === 'suspended').length).toBeLessThanOrEqual(1);
  expect(new Set(rows.map((each) => each.issue_number)).size).toBe(rows.length);
  const told = said.map(({ type, sequence, id }) => `${id} ${sequence} ${type}`).sort();
  const mine = history.filter(({ actor, state }) => actor.startsWith('actor') && state !== 'allocated');
  expect(told).toEqual(mine.map((each) => `${each.certificate_id} ${each.version} ${events[each.state]}`).sort());
  for (const answer of answers) judgeAnswer(answer, history, stateAt);
  // What nobody was told to have done, nobody did.
  const done = answers.filter(({ change, retry }) => change?.kind === 'changed' || retry?.kind === 'requested');
  expect(history.filter(({ actor }) => actor.startsWith('actor'))).toHaveLength(done.length);
}

function judgeAnswer(
  { operation, actor, change, replacement, retry, settlement }: RaceAnswer,
  history: readonly HistoryRow[],
  stateAt: (id: string, version: number) => CertificateState | undefined,
): void {
  const named = [change, replacement, retry].find((outcome) => outcome && 'certificate' in outcome);
  if (named && 'certificate' in named) {
    // Whatever a certificate is said to be, it was, at that version.
    const { id, version, state } = named.certificate;
    expect(stateAt(id, version)).toBe(state);
  }
  if (change && 'certificate' in change && operation in stops) {
    const of = operation as Change;
    const { id, version, state } = change.certificate;
    if (change.kind === 'changed') expect(history).toContainEqual({ certificate_id: id, version, state, actor });
    expect(change.kind === 'blocked' ? stops[of] : truths[of][change.kind]).toContain(state);
  }
  if (replacement?.kind === 'blocked') expect(['allocated', 'failed']).toContain(replacement.certificate.state);
  if (retry?.kind === 'blocked') expect(retry.certificate.state).not.toBe('failed');
  if (retry?.kind === 'requested')
    expect(history.some((row) => row.actor === actor && row.state === 'allocated')).toBe(true);
  for (const { id: certificate_id, version } of settlement?.issued ?? [])
    expect(history).toContainEqual({ certificate_id, version, state: 'issued', actor: 'generator' });
  for (const { id: certificate_id, version } of settlement?.superseded ?? [])
    expect(history).toContainEqual({ certificate_id, version, state: 'superseded', actor: 'generator' });
}

describe('the judge of races', () => {
  const row = { id: 'c', state: 'revoked', version: 3, issue_number: 1 } as CertificateRow;
  const history: HistoryRow[] = [
    { certificate_id: 'c', version: 2, state: 'issued', actor: 'generator' },
    { certificate_id: 'c', version: 3, state: 'revoked', actor: 'actor 1' },
  ];
  const said = [{ type: 'certificate.revoked.v1', sequence: 3, id: 'c' }];
  const answers: RaceAnswer[] = [
    { operation: 'revoke', actor: 'actor 1', change: { kind: 'changed', certificate: row } },
    { operation: 'suspend', actor: 'actor 2', change: { kind: 'blocked', certificate: row } },
  ];
  const record = { rows: [row], history, said };

  it('accepts what is legal and true', () => judgeRace(record, answers));

  it.each<[string, RaceRecord, RaceAnswer[]]>([
    ['a gap in the versions', { ...record, history: history.slice(1) }, answers],
    ['a row that its history does not tell', { ...record, rows: [{ ...row, version: 4 }] }, answers],
    ['a way that there is not', { ...record, history: [{ ...history[0]!, state: 'failed' }, history[1]!] }, answers],
    ['an event twice', { ...record, said: [...said, ...said] }, answers],
    ['no event', { ...record, said: [] }, answers],
    ['a change that nobody was told of', record, answers.slice(1)],
    ['an answer that names what never was', record, [answers[0]!, of('suspend', 'blocked', 'failed')]],
    ['an answer that is no reason', record, [answers[0]!, of('revoke', 'blocked', 'revoked')]],
    ['a change that is not there', record, [of('revoke', 'changed', 'revoked'), answers[0]!]],
    [
      'two live ones',
      {
        said: [],
        history: ['c', 'd'].map((id) => ({ certificate_id: id, version: 2, state: 'issued', actor: 'generator' })),
        rows: [1, 2].map((issue_number) => ({
          id: issue_number === 1 ? 'c' : 'd',
          state: 'issued',
          version: 2,
          issue_number,
        })),
      },
      [],
    ],
  ])('refuses %s', (_, wrong, told) => {
    expect(() => judgeRace(wrong, told)).toThrow();
  });

  function of(operation: Change, kind: 'changed' | 'blocked', state: CertificateState): RaceAnswer {
    return { operation, actor: 'actor 2', change: { kind, certificate: { ...row, state } } };
  }
});
