import { type PrintRecord, templateLists, templateSlots, type TemplateSource } from '@laurel/rendering';
import { samplePictures } from './sample-pictures.ts';
import type { SampleRecord } from './sample-records.ts';

const signatory = /^signatories\.(\d)\.(name|title)$/;
const signatories = [
  { name: 'Dr. Helena Vogt', title: 'Director' },
  { name: 'Prof. Omar Haddad', title: 'Head of Studies' },
];

const numbers = ['92', '87', '78'];
const subjects = ['Algebra', 'Geometry', 'Statistics'];

/** Everything that a design shows of a person who does not exist: a value for each of its slots, a picture for each of its pictures, three rows for its lists. */
export function sampleValues(
  template: TemplateSource,
  { recipient, achievement, language }: SampleRecord,
): Required<Pick<PrintRecord, 'values' | 'images' | 'lists' | 'language'>> {
  const names = templateLists(template);
  const slots = templateSlots(template).filter((slot) => !Object.hasOwn(names, slot));
  const known: Record<string, string> = {
    'recipient.name': recipient,
    'recipient.id': 'learner-0042',
    'achievement.name': achievement,
    'achievement.description': 'Forty hours of lectures and exercises, and a written examination.',
    'issuer.name': 'Laurel Academy',
    'course.title': achievement,
    'batch.name': 'Spring 2026',
    'certificate.number': 'LAUREL-2026-000042',
    'certificate.issuedOn': '1 March 2026',
    'certificate.expiresOn': '1 March 2029',
    'completion.completedOn': '28 February 2026',
    'completion.score': '87.5',
  };
  const values: Record<string, string> = {};
  for (const slot of slots) {
    const value = known[slot] ?? signed(slot) ?? named(slot);
    if (value !== undefined) values[slot] = value;
  }
  const images = Object.fromEntries(
    slots.flatMap((slot) => {
      if (slot.endsWith('.signature')) return [[slot, samplePictures.signature]];
      return slot.startsWith('images.') ? [[slot, samplePictures.mark]] : [];
    }),
  );
  const lists = Object.fromEntries(Object.entries(names).map(([list, shown]) => [list, rowsOf(shown)]));
  return { values, images, lists, language };
}

function signed(slot: string): string | undefined {
  const [, index, part] = signatory.exec(slot) ?? [];
  const one = signatories[Number(index) % signatories.length];
  return part === undefined ? undefined : one?.[part as 'name' | 'title'];
}

function rowsOf(names: readonly string[]): Record<string, string>[] {
  return subjects.map((subject, at) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        (/mark|score|grade|point|credit|hour|percent/i.test(name) ? numbers[at] : subject) ?? '',
      ]),
    ),
  );
}

/** A claim says its own name: nobody here knows what it holds. */
function named(slot: string): string | undefined {
  const [, name] = /^(?:claims|meta)\.(.+)$/.exec(slot) ?? [];
  return name?.replaceAll(/[_-]+|(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
