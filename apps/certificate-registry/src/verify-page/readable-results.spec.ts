import { describe, expect, it } from 'vitest';
import { readableResults } from './readable-results.ts';

const shown = (results: readonly (readonly [string, string, string?])[]) =>
  readableResults({
    recipient: { name: 'Asha Verma' },
    achievement: { name: 'Rust for Engineers', description: 'x', criteria: 'x' },
    issuer: { did: 'did:web:x', name: 'Acme' },
    number: 'DEMO-2026-000001',
    validFrom: '2026-03-01T12:00:00Z',
    results: results.map(([name, value, type = 'Result']) => ({ name, type, value })),
  });

describe('readableResults', () => {
  it('leaves out ids, their versions and what the page says already', () => {
    const given = [
      ['courseId', 'rust'],
      ['courseVersion', '1'],
      ['courseTitle', 'Rust for Engineers'],
      ['batch_id', 'rust-1'],
      ['batchName', 'Rust, spring'],
      ['score', '82.5', 'Percent'],
    ] as const;
    expect(shown(given)).toEqual([
      { label: 'Batch name', value: 'Rust, spring' },
      { label: 'Score', value: '82.5\u00a0%' },
    ]);
  });

  it('keeps a version that stands alone, and words that only end like an id', () => {
    expect(
      shown([
        ['curriculumVersion', '7'],
        ['paid', 'yes'],
        ['Covid', 'no'],
      ]),
    ).toEqual([
      { label: 'Curriculum version', value: '7' },
      { label: 'Paid', value: 'yes' },
      { label: 'Covid', value: 'no' },
    ]);
  });

  it.each([
    ['preEnrolmentCode', 'Pre-enrolment code'],
    ['score', 'Score'],
    ['GPAValue', 'GPA value'],
    ['credits_ECTS', 'Credits ECTS'],
    ['level2Grade', 'Level2 grade'],
    ['Final Grade', 'Final grade'],
    ['श्रेणी', 'श्रेणी'],
    ['--', '--'],
  ])('makes of %s the label %s', (name, label) => {
    expect(shown([[name, 'x']])).toEqual([{ label, value: 'x' }]);
  });

  it('gives a percent sign to percentages alone', () => {
    expect(shown([['score', '7', 'RawScore']])).toEqual([{ label: 'Score', value: '7' }]);
  });
});
