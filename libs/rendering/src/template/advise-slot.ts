import { slotName } from '../slots/slot-name.ts';

const NAMES = [
  'recipient.name',
  'recipient.id',
  'achievement.name',
  'achievement.description',
  'issuer.name',
  'certificate.number',
  'certificate.issuedOn',
  'certificate.expiresOn',
  'completion.completedOn',
  'completion.score',
  'batch.name',
  'course.title',
  'verify.url',
  'signatories.0.name',
  'signatories.0.title',
  'signatories.0.signature',
] as const;
const OTHERS =
  'Known are recipient.name, achievement.name, certificate.number, verify.url, signatories.0.name, claims.<name>, meta.<name> and others: see docs/templates.md.';

/** What to write instead of a name that is no slot. */
export function adviseSlot(written: string): string {
  const name = written.slice(0, 100);
  if (/[^\u0020-\u007e]/.test(name))
    return 'One of its letters is not of the Latin alphabet, or cannot be seen: type the name anew.';
  if (/^[#/^>!&*]|\s/.test(name)) {
    const inner = name.split(/\s+/).find((word) => slotName(word) !== undefined);
    return inner === undefined
      ? 'There are no helpers: use data-when and data-unless for conditions, data-each for rows.'
      : `Write {{${slotName(inner) ?? inner}}}; dates and numbers come written for their reader.`;
  }
  if (name.includes(':-'))
    return `Write {{${slotName(name.split(':-')[0] ?? '') ?? 'claims.<name>'}}}, and what stands there otherwise into an element with data-unless.`;
  const near = NAMES.map((known) => ({ known, steps: distance(name.toLowerCase(), known.toLowerCase()) })).sort(
    (a, b) => a.steps - b.steps,
  )[0];
  return near !== undefined && near.steps <= 3 ? `Did you mean ${near.known}? ${OTHERS}` : OTHERS;
}

/** Levenshtein's; of names much longer or shorter, more than anybody asks for. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 9;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 9;
}
