import { Problem } from '@laurel/service-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeRows } from './judge-rows.ts';
import { readCsv } from './read-csv.ts';
import { takeRows } from './take-rows.ts';

const layout = { columns: ['learnerId', 'name', 'email'], required: ['learnerId'] };
const read = (text: string | Buffer) => readCsv(Buffer.from(text), layout);
const fault = async (text: string | Buffer) => {
  const problem = await read(text).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  return { status: (problem as Problem).getStatus(), detail: (problem as Problem).details.detail };
};

describe('a file is read as RFC 4180 says', () => {
  it('with or without a byte order mark, with CRLF and LF mixed, and any order of columns', async () => {
    for (const mark of ['', '\ufeff']) {
      expect(await read(`${mark}email,learnerId\r\na@x.example,L-1\n,L-2`)).toEqual([
        { line: 2, cells: { email: 'a@x.example', learnerId: 'L-1' } },
        { line: 3, cells: { learnerId: 'L-2' } },
      ]);
    }
  });

  it('cells are data: commas, quotes, line breaks, formulas, markup, every script', async () => {
    const names = [
      'Diallo, Amina',
      'O\'Brien "Al"',
      'two\r\nlines',
      '=1+1',
      '+49',
      '@cmd',
      '<b>&amp;',
      'عائشة',
      '王小明',
    ];
    const text = names.map((name, index) => `L-${index},"${name.replaceAll('"', '""')}",`).join('\r\n');
    const rows = await read(`learnerId,name,email\r\n${text}\r\n`);
    expect(rows.map(({ cells }) => cells['name'])).toEqual(names);
  });

  it('and each row knows the line that it begins in', async () => {
    const rows = await read('learnerId,name\r\n1,"a\r\nb\r\n\r\nc"\r\n\r\n\n2,x\n"3","\n"\n4,y');
    expect(rows.map(({ line }) => line)).toEqual([2, 8, 9, 11]);
  });

  it('in pieces: no character is torn where one ends', async () => {
    const rows = await read(
      `learnerId,name\n${Array.from({ length: 20_000 }, (_, at) => `L-${at},आशा王é`).join('\n')}`,
    );
    expect(rows).toHaveLength(20_000);
    expect(rows.every(({ cells }) => cells['name'] === 'आशा王é')).toBe(true);
    expect(rows.at(-1)?.line).toBe(20_001);
  });

  it('a row with too many or too few cells is known as such, and its neighbours are whole', async () => {
    const rows = await read('learnerId,name\nL-1,Diallo, Amina\nL-2\nL-3,c');
    expect(rows.map((row) => row.fault !== undefined)).toEqual([true, true, false]);
    expect(rows[0]?.fault).toContain('has 3 cells, and the header 2');
  });
});

describe('a broken file is refused as a whole, by line and column', () => {
  it.each([
    ['\ufeff\n\n', 'line 1: the file has no header; begin it with learnerId,name,email'],
    ['learnerId;name\nL-1;x', 'line 1, column 1: this column of the header is none of learnerId, name, email'],
    ['learnerId, name\nL-1,x', 'line 1, column 2: this column of the header is none of'],
    ['LearnerId\nL-1', 'line 1, column 1: '],
    ['learnerId,name,learnerId\n', 'line 1, column 3: the column learnerId stands in the header twice'],
    ['name,email\nx,y', 'line 1, column 3: the header lacks the column learnerId'],
    [
      'learnerId,name\r\nL-1,"a\r\nb"\r\n\r\nL-2,"never closed\r\nL-3,x',
      'line 5, column 2: a double quote opens a cell',
    ],
    ['learnerId,name\nL-1,"a"b\n', 'line 2, column 2: after the double quote that ends a cell'],
    ['learnerId,name\nL-1,a"b\n', 'line 2, column 2: a double quote stands inside of a cell'],
  ])('%j', async (text, detail) => {
    const found = await fault(text);
    expect(found.status).toBe(422);
    expect(found.detail).toContain(detail);
    expect(found.detail).toContain('Nothing of the file was taken.');
  });

  it('that is not UTF-8, at the character', async () => {
    const file = Buffer.concat([Buffer.from('learnerId,name\nL-1,é\nL-2,ab'), Buffer.from([0xe9]), Buffer.from('c\n')]);
    expect((await fault(file)).detail).toContain('line 3, column 7: the character is not UTF-8');
    expect((await fault(Buffer.from('\ufefflearnerId\n', 'utf16le'))).detail).toContain('line 1, column 1: ');
  });

  it('of more than 50,000 rows', async () => {
    const rows = (count: number) => `learnerId\n${Array.from({ length: count }, (_, at) => at).join('\n')}`;
    expect(await read(rows(50_000))).toHaveLength(50_000);
    expect((await fault(rows(60_000))).detail).toContain('line 50002: a file has at most 50000 rows');
  });
});

describe('verdicts', () => {
  const schema = z.object({ learnerId: z.string().max(3, 'is too long'), name: z.string().optional() });
  const rows = [
    { line: 2, cells: { learnerId: 'L-1' } },
    { line: 3, cells: { name: 'x' } },
    { line: 4, cells: { learnerId: 'L-1', name: 'again' } },
    { line: 5, cells: { learnerId: 'L-123' } },
    { line: 6, cells: { learnerId: 'L-2' }, fault: 'has 3 cells' },
    { line: 7, cells: { learnerId: 'L-3' } },
  ];

  it('stand in the order of the file, and name the column and the reason', async () => {
    const report = await takeRows(judgeRows(rows, schema), ['taken'], async (values) => {
      expect(values).toEqual([{ learnerId: 'L-1' }, { learnerId: 'L-3' }]);
      return new Map([
        ['L-1', { verdict: 'taken' }],
        ['L-3', { verdict: 'refused', field: 'learnerId', reason: 'no' }],
      ]);
    });
    expect(report).toEqual({
      rows: [
        { line: 2, learnerId: 'L-1', verdict: 'taken' },
        { line: 3, learnerId: '', verdict: 'refused', field: 'learnerId', reason: 'is empty' },
        {
          line: 4,
          learnerId: 'L-1',
          verdict: 'refused',
          field: 'learnerId',
          reason: 'stands in line 2 already; that row was taken',
        },
        { line: 5, learnerId: 'L-123', verdict: 'refused', field: 'learnerId', reason: 'is too long' },
        { line: 6, learnerId: 'L-2', verdict: 'refused', reason: 'has 3 cells' },
        { line: 7, learnerId: 'L-3', verdict: 'refused', field: 'learnerId', reason: 'no' },
      ],
      summary: { taken: 1, refused: 5 },
    });
  });

  it('say in our words what a cell should be', () => {
    const { refused } = judgeRows(
      [{ line: 2, cells: { learnerId: 'L-1', email: 'asha' } }],
      z.object({ learnerId: z.string(), email: z.email() }),
    );
    expect(refused.map(({ reason }) => reason)).toEqual(['must be an e-mail address such as asha@example.org']);
  });
});
