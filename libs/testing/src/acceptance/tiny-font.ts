/** Numbers of a table by their offsets, in bytes. */
type Fields = Readonly<Record<number, number>>;

const table = (length: number, words: Fields): Buffer => {
  const bytes = Buffer.alloc(length);
  for (const [offset, word] of Object.entries(words)) bytes.writeUInt16BE(word, Number(offset));
  return bytes;
};

/** As small as a TrueType font can be (OpenType 1.9): one empty glyph, for no letter. It may be embedded. */
export function tinyFont(): Buffer {
  const tables: readonly (readonly [string, Buffer])[] = [
    ['OS/2', table(96, { 0: 4, 4: 400 })],
    // Of Unicode, in one segment that ends the list.
    ['cmap', table(36, { 2: 1, 4: 3, 6: 1, 10: 12, 12: 4, 14: 24, 18: 2, 20: 2, 26: 0xffff, 30: 0xffff, 32: 1 })],
    ['glyf', table(4, {})],
    ['head', table(54, { 0: 1, 12: 0x5f0f, 14: 0x3cf5, 18: 1_000 })],
    ['hhea', table(36, { 0: 1, 34: 1 })],
    ['hmtx', table(4, { 0: 500 })],
    ['loca', table(4, {})],
    ['maxp', table(32, { 0: 1, 4: 1 })],
    ['name', table(6, { 4: 6 })],
    ['post', table(32, { 0: 3 })],
  ];
  const list = Buffer.alloc(12 + tables.length * 16);
  list.writeUInt32BE(0x0001_0000);
  list.writeUInt16BE(tables.length, 4);
  let offset = list.length;
  const padded = tables.map(([tag, bytes], index) => {
    const at = 12 + index * 16;
    const whole = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    let sum = 0;
    for (let word = 0; word < whole.length; word += 4) sum = (sum + whole.readUInt32BE(word)) >>> 0;
    list.write(tag, at, 'latin1');
    list.writeUInt32BE(sum, at + 4);
    list.writeUInt32BE(offset, at + 8);
    list.writeUInt32BE(bytes.length, at + 12);
    offset += whole.length;
    return whole;
  });
  return Buffer.concat([list, ...padded]);
}
