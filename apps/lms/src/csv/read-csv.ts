import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { assertUtf8 } from './assert-utf8.ts';
import { brokenCsv } from './broken-csv.ts';
import { csvLimits } from './csv-limits.ts';

/** The columns of a file. */
export interface CsvLayout {
  /** Every column that a file may have. */
  readonly columns: readonly string[];
  /** Those that it must have. */
  readonly required: readonly string[];
}

/** A row with its cells by column; an empty cell is left out. */
export interface CsvRow {
  /** Where it begins. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Set where the row has another number of cells than the header. */
  readonly fault?: string;
}

const piece = 65_536;

/**
 * Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark, CRLF or LF) with a header. Cells are data, whatever
 * they begin with. Throws a 422 that names line and column when the file as a whole cannot be read, or has more rows than
 * {@link csvLimits} allows.
 */
export async function readCsv(bytes: Buffer, layout: CsvLayout): Promise<CsvRow[]> {
  assertUtf8(bytes);
  const lines = new LineCount();
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    on_record(record, at) {
      lines.note(record, at);
      return record;
    },
  });
  // In pieces, so that other requests get their turn between them.
  const source = Readable.from(pieces(bytes));
  source.pipe(parser);
  const rows: CsvRow[] = [];
  let read = 0;
  let header: readonly string[] | undefined;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const line = lines.begin(read++);
      if (!header) {
        header = checkHeader(record, line, layout);
        continue;
      }
      if (rows.length === csvLimits.rows) {
        throw brokenCsv({ line }, `a file has at most ${csvLimits.rows} rows; send the others in a file of their own`);
      }
      rows.push(rowOf(record, line, header));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { empty_lines, column } = error as unknown as { empty_lines: number; column: number };
    throw brokenCsv({ line: lines.next(empty_lines), column: column + 1 }, faultOf(error));
  } finally {
    source.destroy();
  }
  if (!header) throw brokenCsv({ line: 1 }, `the file has no header; begin it with ${layout.columns.join(',')}`);
  return rows;
}

/** Tells the line in which a record begins. The parser's own count takes a CRLF inside of a cell for two lines. */
class LineCount {
  private readonly begins: number[] = [];
  private overcounted = 0;
  private end = 0;
  private empty = 0;

  /** Takes note of a record that the parser has come to the end of; it may be ahead of who takes records from it. */
  note(record: readonly string[], at: { readonly lines: number; readonly empty_lines: number }): void {
    this.overcounted += count(record, /\r\n/g);
    this.end = at.lines - this.overcounted;
    this.empty = at.empty_lines;
    this.begins.push(this.end - count(record, /\n/g));
  }

  /** Of the record with this number, from 0. */
  begin(index: number): number {
    return this.begins[index] ?? this.end;
  }

  /** Of the record that the parser could not read. */
  next(emptyLines: number): number {
    return this.end + 1 + emptyLines - this.empty;
  }
}

function count(record: readonly string[], pattern: RegExp): number {
  return record.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

function checkHeader(header: readonly string[], line: number, { columns, required }: CsvLayout): readonly string[] {
  const allowed = columns.join(', ');
  header.forEach((name, index) => {
    const place = { line, column: index + 1 };
    if (!columns.includes(name)) {
      throw brokenCsv(
        place,
        `this column of the header is none of ${allowed}, written exactly so, with commas between`,
      );
    }
    if (header.indexOf(name) < index) throw brokenCsv(place, `the column ${name} stands in the header twice`);
  });
  const missing = required.find((name) => !header.includes(name));
  if (missing !== undefined) {
    throw brokenCsv(
      { line, column: header.length + 1 },
      `the header lacks the column ${missing}; it can have ${allowed}`,
    );
  }
  return header;
}

function rowOf(record: readonly string[], line: number, header: readonly string[]): CsvRow {
  const cells = Object.fromEntries(
    header.flatMap((name, index) => {
      const cell = record[index] ?? '';
      return cell === '' ? [] : [[name, cell]];
    }),
  );
  if (record.length === header.length) return { line, cells };
  const fault =
    `has ${record.length} cells, and the header ${header.length}; ` +
    'a cell with a comma in it has to stand in double quotes';
  return { line, cells, fault };
}

function faultOf({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a double quote opens a cell here or further on in this row and is never closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'after the double quote that ends a cell comes neither a comma nor the end of the line; a double quote inside of a cell is written twice';
    case 'INVALID_OPENING_QUOTE':
      return 'a double quote stands inside of a cell that does not begin with one; put the cell in double quotes and write the one inside twice';
    default:
      return 'this is no CSV as RFC 4180 describes it';
  }
}
