import { expect, test } from 'vitest';
import { assetObjectName } from './asset-object-name.ts';

const sha = 'a'.repeat(64);

test.each([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/svg+xml', 'svg'],
  ['text/html', 'html'],
  ['application/pdf', 'pdf'],
  ['font/ttf', 'ttf'],
])('%s ends in .%s', (mediaType, extension) => {
  expect(assetObjectName('acme', sha, mediaType)).toBe(`assets/acme/${sha}.${extension}`);
});

test('nothing else is an asset', () => {
  for (const [tenant, hash, mediaType] of [
    ['acme', sha, 'font/woff2'],
    ['acme', sha.toUpperCase(), 'image/png'],
    ['acme', 'a', 'image/png'],
    ['../x', sha, 'image/png'],
  ] as const) {
    expect(() => assetObjectName(tenant, hash, mediaType)).toThrow(RangeError);
  }
});
