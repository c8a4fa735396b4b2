import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { qrModules } from './qr-modules.ts';

/** As the library does it by itself, mask and all. */
function reference(text: string) {
  const data = new TextEncoder().encode(text);
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: [...modules.data] };
}

test('is the code that the library makes with its own search of the mask, in every size', () => {
  const texts = Array.from(
    { length: 120 },
    (_, at) => `https://certs.example.org/v/${at * 7919}${'aZ9-é'.repeat(at % 40)}`,
  );
  texts.push('x', 'q'.repeat(700), '7'.repeat(2300));
  for (const text of texts) {
    const { size, dark } = qrModules(text);
    expect({ size, dark: [...dark] }, text).toEqual(reference(text));
  }
});
