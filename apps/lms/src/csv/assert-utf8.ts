import { isUtf8 } from 'node:buffer';
import { brokenCsv } from './broken-csv.ts';

const lineFeed = 0x0a;

/** Throws a 422 that names the line and the character at which a file stops being UTF-8. */
export function assertUtf8(bytes: Buffer): void {
  if (isUtf8(bytes)) return;
  // A line feed is never part of a longer UTF-8 sequence, so lines can be judged one by one.
  for (let line = 1, begin = 0; begin < bytes.length; line += 1) {
    const next = bytes.indexOf(lineFeed, begin);
    const end = next === -1 ? bytes.length : next;
    const part = bytes.subarray(begin, end);
    if (!isUtf8(part)) {
      const column = [...part.toString('utf8')].indexOf('\ufffd') + 1;
      throw brokenCsv({ line, column }, 'the character is not UTF-8; save the file as UTF-8 and send it again');
    }
    begin = end + 1;
  }
}
