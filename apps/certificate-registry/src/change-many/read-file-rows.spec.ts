import { Problem } from '@laurel/service-kit';
import { describe, expect, it } from 'vitest';
import { changeLimits } from './change-limits.ts';
import { readFileRows } from './read-file-rows.ts';

const read = (text: string) => readFileRows(text, ['certificate', 'reason', 'until'], 'certificate');
const fault = (text: string) => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return (error as Problem).details.errors?.[0]?.detail;
  }
  return undefined;
};

describe('a file is read as RFC 4180 says', () => {
  it('with CRLF and LF mixed, empty lines, any order of columns, and no line feed at its end', () => {
    expect(read('reason,certificate\r\nForged,A-1\n\n,A-2').map(({ line, cells }) => ({ line, cells }))).toEqual([
      { line: 2, cells: { reason: 'Forged', certificate: 'A-1' } },
      { line: 4, cells: { certificate: 'A-2' } },
    ]);
  });

  it('cells are data: commas, quotes, line breaks, formulas, every script', () => {
    const cells = ['a, b', '"quoted" and more', 'two\r\nlines', '=1+1', 'आशा', '', 'x'];
    const text = cells.map((cell, index) => `A-${index},"${cell.replaceAll('"', '""')}"`).join('\n');
    const rows = read(`certificate,reason\n${text}`);
    expect(rows.map((row) => row.cells['reason'] ?? '')).toEqual(cells);
    // The third one has a line break in it.
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7, 8, 9]);
  });

  it('however long a cell is', () => {
    const long = 'x""'.repeat(1_000_000);
    expect(read(`certificate,reason\nA-1,"${long}"`)[0]?.cells['reason']).toHaveLength(2_000_000);
    expect(fault(`certificate,reason\nA-1,"${long}`)).toContain('line 2, column 2: a double quote opens a cell');
  });

  it('up to so many rows', () => {
    const rows = (count: number) => `certificate\n${Array.from({ length: count }, (_, at) => `A-${at}`).join('\n')}`;
    expect(read(rows(changeLimits.rows))).toHaveLength(changeLimits.rows);
    expect(fault(rows(changeLimits.rows + 1))).toBe(
      'line 50002, column 1: a file has at most 50000 rows; send the others in a file of their own',
    );
  });
});

it.each([
  ['', 'line 1, column 1: the file has no header; begin it with certificate,reason,until'],
  ['\n\n', 'line 1, column 1: the file has no header'],
  ['certificate,certificate\nA,B', 'line 1, column 2: the column certificate stands in the header twice'],
  ['Certificate\nA', 'line 1, column 1: this column of the header is none of'],
  ['certificate\nA\rB', 'line 2, column 1: a line ends with a carriage return alone'],
  ['certificate,reason\nA,"a\nb"\n\nB', 'line 5, column 2: the line has 1 cells, and the header 2'],
  ['certificate,reason\nA,a"b', 'line 2, column 2: a double quote opens a cell here and is never closed, or stands'],
  ['certificate,reason\nA,"a\n""b\n', 'line 2, column 2: a double quote opens a cell here and is never closed'],
])('%j is refused, and the place is named', (text, detail) => {
  expect(fault(text)).toContain(detail);
});
