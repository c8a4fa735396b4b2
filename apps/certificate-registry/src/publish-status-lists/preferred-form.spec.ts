import { expect, test } from 'vitest';
import { preferredForm } from './preferred-form.ts';

test.each([
  [undefined, 'document'],
  ['', 'document'],
  ['*/*', 'document'],
  ['text/html', 'document'],
  ['application/vc', 'document'],
  ['application/json', 'document'],
  ['application/vc+jwt', 'token'],
  ['Application/VC+JWT', 'token'],
  ['application/vc+jwt;q=0.5, application/vc', 'document'],
  ['application/vc;q=0.5, application/vc+jwt;q=0.9', 'token'],
  ['application/vc+jwt, */*;q=0.1', 'token'],
  ['*/*, application/vc+jwt', 'document'],
  ['application/vc+jwt;q=0', 'document'],
  ['application/vc+jwt;q=high', 'document'],
] as const)('%s is answered with the %s', (accept, form) => {
  expect(preferredForm(accept)).toBe(form);
});
