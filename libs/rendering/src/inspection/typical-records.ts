import type { PrintRecord } from '../print/print-record.ts';

const VALUES: Readonly<Record<string, string>> = {
  'recipient.name': 'Wangari Muta Maathai',
  'recipient.id': 'L-20261121',
  'achievement.name': 'Foundations of Data Analysis',
  'achievement.description': 'Eight weeks of lessons, four assignments and an examination',
  'issuer.name': 'Academy of Open Science',
  'certificate.number': 'ACME-2026-000142',
  'certificate.issuedOn': '21 November 2026',
  'certificate.expiresOn': '21 November 2029',
  'completion.completedOn': '18 November 2026',
  'completion.score': '92',
  'batch.name': 'Autumn 2026',
  'course.title': 'Foundations of Data Analysis',
};
/** What even the barest record has. */
const ALWAYS = new Set([
  'recipient.name',
  'achievement.name',
  'issuer.name',
  'certificate.number',
  'certificate.issuedOn',
  'course.title',
]);
const ROWS = 3;

/** Two ordinary records for a template with these slots and lists: one with a value in every slot, one with no more than a certificate must have. */
export function typicalRecords(
  slots: readonly string[],
  lists: Readonly<Record<string, readonly string[]>>,
): [PrintRecord, PrintRecord] {
  const valueOf = (slot: string) => {
    if (/^signatories\.\d\.name$/.test(slot)) return 'Prof. Grace Hopper';
    if (/^signatories\.\d\.title$/.test(slot)) return 'Head of Examinations';
    return VALUES[slot] ?? (/^(?:claims|meta)\./.test(slot) ? 'Sample' : undefined);
  };
  const values: Record<string, string> = {};
  for (const slot of slots) {
    const value = slot in lists ? undefined : valueOf(slot);
    if (value !== undefined) values[slot] = value;
  }
  const rows = Object.entries(lists).map(
    ([list, names]) =>
      [list, Array.from({ length: ROWS }, () => Object.fromEntries(names.map((name) => [name, 'Sample'])))] as const,
  );
  const record = { qr: 'https://certificates.example.org/v/4fHk29sKdLq8PzXw7Tn', title: 'Inspection', language: 'en' };
  return [
    { ...record, values, lists: Object.fromEntries(rows) },
    { ...record, values: Object.fromEntries(Object.entries(values).filter(([slot]) => ALWAYS.has(slot))) },
  ];
}
