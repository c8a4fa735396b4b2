import { builtInTemplates, coveredScripts } from '@laurel/rendering';
import { expect, it } from 'vitest';
import { sampleRecords } from './sample-records.ts';
import { sampleValues } from './sample-values.ts';

const [ordinary] = sampleRecords;
const valuesOf = (source: string) => {
  if (!ordinary) throw new Error('There is no sample');
  return sampleValues({ mediaType: 'text/html', source }, ordinary);
};

it('samples have names of their own that can stand in an address, and the first one is an ordinary one', () => {
  const names = sampleRecords.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9-]{1,40}$/.test(name))).toEqual([]);
  expect(ordinary).toMatchObject({ name: 'ordinary', isOrdinary: true });
});

it('there is a sample of each writing system that can be printed', () => {
  const composed: Record<string, string> = { Hans: 'Hani', Jpan: 'Hira', Kore: 'Hang' };
  const missing = coveredScripts.filter(({ code }) => {
    const script = new RegExp(`\\p{Script=${composed[code] ?? code}}`, 'u');
    return !sampleRecords.some(({ recipient }) => script.test(recipient));
  });
  expect(missing).toEqual([]);
});

it('every slot of a design has a value, every picture a picture, every list rows', () => {
  const { values, images, lists, language } = valuesOf(`<!doctype html>
    <p>{{recipient.name}} {{signatories.0.name}} {{signatories.3.title}} {{claims.finalGrade}} {{meta.room_number}} {{verify.url}}</p>
    <img src="{{signatories.0.signature}}"><img src="{{images.logo}}"><div data-slot="qr"></div>
    <p data-each="claims.marks">{{item.subject}} {{item.mark}}</p>`);
  expect(values).toMatchObject({
    'recipient.name': 'Asha Ramanathan',
    'signatories.0.name': 'Dr. Helena Vogt',
    'signatories.3.title': 'Head of Studies',
    'claims.finalGrade': 'final grade',
    'meta.room_number': 'room number',
  });
  expect(Object.keys(values).some((slot) => /qr|verify|marks|signature/.test(slot))).toBe(false);
  expect(Object.keys(images).sort()).toEqual(['images.logo', 'signatories.0.signature']);
  expect(language).toBe('en');
  expect(lists['claims.marks']?.[0]).toEqual({ subject: 'Algebra', mark: '92' });
});

it('no slot of a built-in design stays empty but those that have a value of their own', () => {
  for (const { source, mediaType } of builtInTemplates) {
    const { values } = sampleValues({ source, mediaType }, sampleRecords[0] as (typeof sampleRecords)[number]);
    expect(Object.values(values).filter((value) => value === '')).toEqual([]);
    expect(values['recipient.name']).toBe('Asha Ramanathan');
  }
});
