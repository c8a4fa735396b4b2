import type { Problem } from '@laurel/service-kit';
import { expect, it } from 'vitest';
import { designText } from './design-text.ts';

const errors = (bytes: Buffer) => {
  try {
    return designText(bytes);
  } catch (error) {
    return (error as Problem).details.errors?.[0];
  }
};

it('is UTF-8, without its mark', () => {
  expect(designText(Buffer.from('\uFEFF<svg>लर्नर</svg>'))).toBe('<svg>लर्नर</svg>');
});

it('names the first place that is no UTF-8', () => {
  const bytes = Buffer.concat([
    Buffer.from('<svg>\nलर्नर '),
    Buffer.from([0xe4]),
    Buffer.from('</svg>\n'),
    Buffer.from([0xff]),
  ]);
  expect(errors(bytes)).toMatchObject({
    code: 'encoding',
    line: 2,
    column: 7,
    detail: expect.stringContaining('UTF-8'),
  });
  expect(errors(Buffer.from('\uFEFF<svg/>', 'utf16le'))).toMatchObject({
    line: 1,
    detail: expect.stringContaining('UTF-16'),
  });
  expect(errors(Buffer.from([0x61, 0xe0, 0xa4]))).toMatchObject({ line: 1, column: 2 });
});
