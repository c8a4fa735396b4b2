const LARGEST = 30 * 1024 * 1024;
// https://www.w3.org/TR/WOFF2/#table_dir_format: the number that stands for a table's name.
const [CFF, FVAR, ARBITRARY] = [13, 47, 63];

/** Why a font file cannot be used, as a sentence; undefined for a static TrueType font, alone (OpenType 1.9) or as WOFF2. Looks at the table directory alone. */
export function fontFault(bytes: Buffer): string | undefined {
  if (bytes.length < 48) return 'The font is no font file.';
  const kind = bytes.toString('latin1', 0, 4);
  if (kind === 'OTTO') return CUBIC;
  if (kind === 'ttcf') return 'The font is a collection of several.';
  if (kind === 'wOFF') return 'The font is WOFF 1.';
  if (kind === 'wOF2') return faultOfWoff2(bytes);
  if (kind !== '\0\u0001\0\0' && kind !== 'true') return 'The font is no font file.';
  const tables = bytes.readUInt16BE(4);
  for (let at = 12; at < 12 + 16 * tables; at += 16) {
    if (at + 16 > bytes.length) return 'The font is cut off.';
    const [start, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    if (start + length > bytes.length) return 'The font is cut off.';
    if (bytes.toString('latin1', at, at + 4) === 'fvar') return VARIABLE;
  }
  return undefined;
}

const CUBIC = 'The font has CFF outlines, which a browser prints as shapes and not as text.';
const VARIABLE = 'The font is a variable font, which a browser prints as shapes and not as text.';

function faultOfWoff2(bytes: Buffer): string | undefined {
  if (bytes.readUInt32BE(8) !== bytes.length) return 'The font is cut off.';
  if (bytes.readUInt32BE(16) > LARGEST) return `The font grows to more than ${LARGEST / 1048576} MB.`;
  if (bytes.toString('latin1', 4, 8) === 'OTTO') return CUBIC;
  const tables = bytes.readUInt16BE(12);
  let at = 48;
  const number = () => {
    // UIntBase128: seven bits a byte, at most five bytes.
    let value = 0;
    for (let count = 0; count < 5; count++) {
      const byte = bytes[at++] ?? 0;
      value = value * 128 + (byte & 127);
      if (byte < 128) break;
    }
    return value;
  };
  for (let table = 0; table < tables; table++) {
    const flags = bytes[at++];
    if (flags === undefined) return 'The font is cut off.';
    const name = flags & 63;
    const tag = name === ARBITRARY ? bytes.toString('latin1', at, at + 4) : '';
    if (name === ARBITRARY) at += 4;
    if (number() > LARGEST) return `The font grows to more than ${LARGEST / 1048576} MB.`;
    // Only glyf and loca are transformed unless they say they are not; any other table only if it says so.
    const isOutline = name === 10 || name === 11;
    if (isOutline ? flags >> 6 !== 3 : flags >> 6 !== 0) number();
    if (name === FVAR || tag === 'fvar') return VARIABLE;
    if (name === CFF || tag === 'CFF2') return CUBIC;
  }
  return undefined;
}
