/** The curve of IEC 61966-2-1 as a parametric curve (ICC.1:2010, 10.16): gamma, a, b, c, d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
/** The primaries of sRGB, and its white, seen under D50; the matrix leads there from D65 (Bradford). */
const COLOURS = {
  wtpt: [0.9642, 1, 0.8249],
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};
const TO_D50 = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];

/** The colour space sRGB as an ICC profile (ICC.1:2010, version 4.2, matrix and curves), of some 500 bytes and the same at every call. */
export function srgbProfile(): Buffer {
  const curve = element('para', [Buffer.from([0, 3, 0, 0]), fixed(CURVE)]);
  const tags: [string, Buffer][] = [
    ['desc', words('sRGB')],
    ['cprt', words('No copyright, use freely')],
    ...Object.entries(COLOURS).map(([tag, numbers]): [string, Buffer] => [tag, element('XYZ ', [fixed(numbers)])]),
    ['chad', element('sf32', [fixed(TO_D50)])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  const data = new Map<Buffer, number>();
  let end = 128 + table.length;
  tags.forEach(([tag, bytes], index) => {
    const at = data.get(bytes) ?? end;
    if (!data.has(bytes)) {
      data.set(bytes, at);
      end += bytes.length;
    }
    table.write(tag, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(bytes.length, 12 + index * 12);
  });
  return Buffer.concat([header(end), table, ...data.keys()]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size);
  bytes.writeUInt32BE(0x04200000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // A date is due; sRGB's standard is of October 1999.
  [1999, 10, 1].forEach((number, index) => bytes.writeUInt16BE(number, 24 + index * 2));
  bytes.write('acsp', 36, 'latin1');
  fixed(COLOURS.wtpt).copy(bytes, 68);
  return bytes;
}

function element(type: string, content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...content]);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** Numbers of 16 bits before and after the point. */
function fixed(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => bytes.writeInt32BE(Math.round(number * 65536), index * 4));
  return bytes;
}

/** A text in one language. */
function words(text: string): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(1);
  head.writeUInt32BE(12, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(text.length * 2, 12);
  head.writeUInt32BE(28, 16);
  return element('mluc', [head, Buffer.from(text, 'utf16le').swap16()]);
}
