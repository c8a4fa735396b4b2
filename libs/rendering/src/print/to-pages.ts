import type { PageRecord } from '../page/page-state.ts';
import { dataAddress } from '../plan/data-address.ts';
import { type QrDrawing, qrDrawing } from '../qr/qr-drawing.ts';
import type { SlotImage } from '../template/template-source.ts';
import type { PrintRecord } from './print-record.ts';

/** What of the records of a run goes into the page. */
export interface RunPages {
  readonly pages: readonly PageRecord[];
  /** The QR code of each; the pages do not have its path yet, which is of use only where the browser draws it. */
  readonly codes: readonly QrDrawing[];
  /** As data: addresses; a picture that many records share goes once. */
  readonly images: readonly string[];
}

/** Makes records ready for the page: control characters gone, QR codes drawn. Throws an Error for a QR code that is too long, and for a picture of another kind than PNG and JPEG. */
export function toPages(records: readonly PrintRecord[]): RunPages {
  const places = new Map<SlotImage, number>();
  const images: string[] = [];
  const codes = records.map(({ qr }) => qrDrawing(qr));
  const pages = records.map(({ values, lists, images: pictures, qr, language }, index) => ({
    values: {
      // The address for those who cannot scan, without what every browser adds by itself.
      'verify.url': printable(qr.replace(/^https?:\/\//, '')),
      ...printables(values),
    },
    ...(lists && {
      lists: Object.fromEntries(Object.entries(lists).map(([list, rows]) => [list, rows.map(printables)])),
    }),
    images: Object.fromEntries(
      Object.entries(pictures ?? {}).map(([slot, image]) => {
        const known = places.get(image);
        if (known !== undefined) return [slot, known];
        places.set(image, images.length);
        return [slot, images.push(dataAddress(image)) - 1];
      }),
    ),
    qr: { size: codes[index]?.size ?? 0, path: '', says: qr },
    language: language ?? 'en',
  }));
  return { pages, codes, images };
}

// eslint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A line break in a value is a space on paper; other control characters have no picture at all. */
const printable = (value: string) => value.toWellFormed().replace(CONTROLS, ' ');
const printables = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, printable(value)]));
