import type { PageRecord } from '../page/page-state.ts';
import { qrDrawing } from '../qr/qr-drawing.ts';
import { qrPath } from '../qr/qr-path.ts';
import { tallWords } from './tall-words.ts';

/** A record with which the compiler tries a template. */
export interface Probe {
  readonly name: string;
  readonly record: PageRecord;
}

const TYPICAL: readonly (readonly [RegExp, string])[] = [
  [/^recipient\.name$/, 'Ada Lovelace'],
  [/^achievement\.name$/, 'Foundations of Data'],
  [
    /^achievement\.description$/,
    'Reads, cleans and shows data, and explains to others what it says and what it does not.',
  ],
  [/^issuer\.name$/, 'Academy of Open Science'],
  [/On$/, '21 November 2026'],
  [/score$/, '93'],
  [/number$/, 'ACME-2026-000042'],
  [/^verify\.url$/, 'certs.example.org/v/4fHk29sKdLq8PzXw7Tn000'],
  [/^signatories\.\d\.name$/, 'Grace Hopper'],
  [/^signatories\.\d\.title$/, 'Dean'],
];
const isPicture = (slot: string) => /^qr$|^images\.|\.signature$/.test(slot);

/**
 * Records that try a template: all of its parts with typical words (the first), short ones, each text as long as it fits (`longest`, by slot), letters that climb and fall, and as little as there
 * may be. Lists have one row, none, or many.
 */
export function probeRecords(
  slots: readonly string[],
  lists: readonly string[],
  longest: Readonly<Record<string, string>>,
): Probe[] {
  const address = 'https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn000';
  const code = qrDrawing(address);
  const qr = { size: code.size, path: qrPath(code), says: address };
  const texts = slots.filter((slot) => !isPicture(slot) && !lists.includes(slot) && !slot.startsWith('item.'));
  const items = slots.filter((slot) => slot.startsWith('item.'));
  const images = Object.fromEntries(slots.filter((slot) => isPicture(slot) && slot !== 'qr').map((slot) => [slot, 0]));
  const typical = (slot: string) => TYPICAL.find(([name]) => name.test(slot))?.[1] ?? 'Lorem ipsum';
  const record = (of: (slot: string, at: number) => string, rows: number, language = 'en'): PageRecord => ({
    values: Object.fromEntries(texts.map((slot, at) => [slot, of(slot, at)])),
    lists: Object.fromEntries(
      lists.map((list) => [
        list,
        Array.from({ length: rows }, () =>
          Object.fromEntries(items.map((slot, at) => [slot.slice('item.'.length), of(slot, at)])),
        ),
      ]),
    ),
    images,
    qr,
    language,
  });
  const script = (from: number) => (_: string, at: number) => tallWords[(at + from) % tallWords.length] ?? '';
  return [
    { name: 'typical', record: record(typical, 2) },
    { name: 'short', record: record(() => 'Xg', 1) },
    { name: 'long', record: record((slot) => longest[slot] || typical(slot), 6) },
    { name: 'scripts', record: record(script(0), 3) },
    { name: 'more scripts', record: record(script(5), 1, 'ur') },
    {
      name: 'least',
      record: {
        ...record((slot) => (/^(?:recipient|achievement)\.name$/.test(slot) ? typical(slot) : ''), 0),
        images: {},
      },
    },
  ];
}
