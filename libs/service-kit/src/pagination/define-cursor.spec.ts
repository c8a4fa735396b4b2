import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCursor } from './define-cursor.ts';
import { page } from './page.ts';
import { pageQuery } from './page-query.ts';

const position = z.object({ issuedAt: z.iso.datetime(), id: z.string().max(128) });
const certificates = defineCursor('certificates', position);
const somewhere = { issuedAt: '2026-03-01T12:00:00.000Z', id: 'ä-7' };

describe('cursors', () => {
  it('lead back to any position', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
        fc.string({ maxLength: 64, unit: 'grapheme' }),
        (date, text) => {
          const at = { issuedAt: date.toISOString(), id: [...text].slice(0, 20).join('') };
          expect(certificates.schema.parse(certificates.write(at))).toEqual(at);
        },
      ),
    );
  });

  it('are refused after any change of a character', () => {
    const cursor = certificates.write(somewhere);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'ABCDEFabcdef0123-_=+/ \u0000'), (index, character) => {
        fc.pre(cursor[index] !== character);
        const altered = cursor.slice(0, index) + character + cursor.slice(index + 1);
        expect(certificates.schema.safeParse(altered).success).toBe(false);
      }),
    );
  });

  it.each([
    ['shortened', (cursor: string) => cursor.slice(0, -2)],
    ['lengthened', (cursor: string) => `${cursor}AA`],
    ['padded', (cursor: string) => `${cursor}=`],
    ['nothing', () => ''],
    ['some word', () => 'cursor'],
    ['too long', () => 'A'.repeat(2_000)],
    ['of another list', () => defineCursor('courses', position).write(somewhere)],
    [
      'of an earlier shape of this list',
      () => defineCursor('certificates', z.object({ id: z.string() })).write({ id: 'x' }),
    ],
    ['with values that the schema does not take', () => certificates.write({ issuedAt: 'yesterday', id: 'x' })],
  ])('are refused when they are %s', (_, change) => {
    const result = certificates.schema.safeParse(change(certificates.write(somewhere)));
    expect(result.success).toBe(false);
  });

  it('are told from a good query by a sentence with the fix', () => {
    const result = pageQuery(certificates).safeParse({ cursor: 'nope', limit: '0' });
    expect(result.error?.issues.map(({ path, message }) => [path, message])).toEqual([
      [['limit'], 'Too small: expected number to be >=1'],
      [['cursor'], expect.stringContaining('send the `next` of its last page as it came')],
    ]);
    expect(pageQuery(certificates, 50).parse({ limit: '50' })).toEqual({ limit: 50 });
    expect(pageQuery(certificates, 10).parse({})).toEqual({ limit: 10 });
  });
});

describe('page', () => {
  const ids = defineCursor('ids', z.object({ id: z.number() }));
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  const positionOf = (row: { id: number }) => row;

  it('hides the extra row and leads on from the last one shown', () => {
    const { items, next } = page(rows, 2, ids, positionOf);
    expect(items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(ids.schema.parse(String(next))).toEqual({ id: 2 });
  });

  it('ends without a cursor', () => {
    expect(page(rows, 3, ids, positionOf)).toEqual({ items: rows });
    expect(page([], 3, ids, positionOf)).toEqual({ items: [] });
  });
});
