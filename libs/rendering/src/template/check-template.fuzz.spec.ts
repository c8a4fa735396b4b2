import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { templateLists } from './template-lists.ts';
import { templateSlots } from './template-slots.ts';

const PIECES = [
  ...[
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595">',
    '</svg>',
    '<g>',
    '</g>',
    '<text>',
    '</text>',
    '<style>',
    '</style>',
    '<p>',
    '<b id="1">',
    '<table>',
    '<tr>',
    '<math>',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE ',
    '&',
    ';',
    '&#0;',
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    '\\',
    '\0',
    '\ud800',
    '\ufeff',
    '\r\n',
    '\n',
    ' ',
  ],
  ...[
    '{{',
    '}}',
    '${',
    '}',
    'recipient.name',
    'item.a',
    'qr',
    'data-each="claims.a"',
    'data-slot="qr"',
    'style="',
    'href="',
    'd="M0 0',
    'url(',
    ')',
    'data:image/png;base64,iVBORw0KGgo',
    '@import',
    '@page{size:',
    'filter:blur(1e9px)',
    '1e999',
    'NaN',
  ],
];
const text = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string() }), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const mediaType = fc.constantFrom('image/svg+xml', 'text/html');

describe('any file', () => {
  it('is judged without a throw; each finding stands in the file and says what to do', () => {
    fc.assert(
      fc.property(mediaType, text, (mediaType, source) => {
        const lines = source.split('\n');
        for (const { line, column, reason, advice } of checkTemplate({ mediaType, source })) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          expect(reason.length * advice.length).toBeGreaterThan(100);
        }
        expect(templateSlots({ mediaType, source })).toEqual([...new Set(templateSlots({ mediaType, source }))].sort());
        expect(templateLists({ mediaType, source })).toBeTypeOf('object');
      }),
      { numRuns: 1500 },
    );
  }, 60_000);

  it('of a megabyte of one thing, or of two in turn, is judged in seconds and not in minutes', () => {
    fc.assert(
      fc.property(
        mediaType,
        fc.constantFrom(...PIECES),
        fc.constantFrom(...PIECES),
        fc.constantFrom('', ...PIECES),
        (mediaType, one, other, first) => {
          const pair = one + other;
          const source = first + pair.repeat(Math.ceil(500_000 / pair.length));
          const start = process.threadCpuUsage();
          checkTemplate({ mediaType, source: mediaType === 'text/html' ? `<!doctype html>${source}` : source });
          expect(process.threadCpuUsage(start).user).toBeLessThan(5_000_000);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
