import { brokenFile } from './broken-file.ts';
import { changeLimits } from './change-limits.ts';

/** A row of a file with its cells by column; an empty cell is left out. */
export interface FileRow {
  /** Where it begins. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Of the header: the column's place, from 1. */
  readonly places: Readonly<Record<string, number>>;
}

interface Entry {
  readonly line: number;
  readonly cells: readonly string[];
}

// A cell in double quotes, or one without any; the loops are unrolled, so that a long cell costs no stack.
const cell = /"([^"]*(?:""[^"]*)*)"(?!")|([^",\r\n]*)/y;

/**
 * Reads a CSV text (RFC 4180, CRLF or LF) with a header. Cells are data, whatever they begin with. Throws a 422 that names line and
 * column when it cannot be read, or has more rows than {@link changeLimits} allows.
 */
export function readFileRows(text: string, columns: readonly string[], required: string): FileRow[] {
  let header: readonly string[] | undefined;
  const rows: FileRow[] = [];
  let places: Record<string, number> = {};
  for (const { line, cells } of entries(text)) {
    if (!header) {
      header = checkedHeader(cells, line, columns, required);
      places = Object.fromEntries(header.map((name, index) => [name, index + 1]));
      continue;
    }
    if (cells.length !== header.length) {
      const fault = `the line has ${cells.length} cells, and the header ${header.length}; a cell with a comma in it has to stand in double quotes`;
      throw brokenFile([{ line, column: Math.min(cells.length, header.length) + 1, fault }]);
    }
    if (rows.length === changeLimits.rows) {
      const fault = `a file has at most ${changeLimits.rows} rows; send the others in a file of their own`;
      throw brokenFile([{ line, column: 1, fault }]);
    }
    const named = header.flatMap((name, index) => (cells[index] ? [[name, cells[index]] as const] : []));
    rows.push({ line, cells: Object.fromEntries(named), places });
  }
  if (!header)
    throw brokenFile([{ line: 1, column: 1, fault: `the file has no header; begin it with ${columns.join(',')}` }]);
  return rows;
}

/** The lines that are not empty, in cells. */
function* entries(text: string): Generator<Entry> {
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begin = line;
    const cells: string[] = [];
    for (;;) {
      const place = { line, column: cells.length + 1 };
      cell.lastIndex = at;
      const [all = '', quoted, bare = ''] = cell.exec(text) ?? [];
      cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      at += all.length;
      line += all.split('\n').length - 1;
      if (text[at] === ',') {
        at += 1;
        continue;
      }
      const end = /(\r?\n|$)/y;
      end.lastIndex = at;
      const found = end.exec(text);
      if (!found) throw brokenFile([{ ...place, fault: faultAt(text, at, quoted !== undefined) }]);
      if (found[0] !== '') line += 1;
      at += found[0].length;
      break;
    }
    if (cells.length > 1 || cells[0] !== '') yield { line: begin, cells };
  }
}

function faultAt(text: string, at: number, wasQuoted: boolean): string {
  if (wasQuoted)
    return 'after the double quote that ends a cell comes neither a comma nor the end of the line; a double quote inside of a cell is written twice';
  if (text[at] !== '"') return 'a line ends with a carriage return alone; end it with a line feed';
  return 'a double quote opens a cell here and is never closed, or stands inside of a cell that does not begin with one; put the cell in double quotes and write the one inside twice';
}

function checkedHeader(cells: readonly string[], line: number, columns: readonly string[], required: string) {
  cells.forEach((name, index) => {
    const place = { line, column: index + 1 };
    if (!columns.includes(name)) {
      const fault = `this column of the header is none of ${columns.join(', ')}, written exactly so, with commas between`;
      throw brokenFile([{ ...place, fault }]);
    }
    if (cells.indexOf(name) < index)
      throw brokenFile([{ ...place, fault: `the column ${name} stands in the header twice` }]);
  });
  if (!cells.includes(required)) {
    const fault = `the header lacks the column ${required}; it can have ${columns.join(', ')}`;
    throw brokenFile([{ line, column: cells.length + 1, fault }]);
  }
  return cells;
}
