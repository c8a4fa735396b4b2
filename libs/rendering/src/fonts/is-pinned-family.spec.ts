import { expect, it } from 'vitest';
import { isPinnedFamily } from './is-pinned-family.ts';

it('knows the families of the pinned packages, however they are written', () => {
  for (const family of ['EB Garamond', 'eb garamond', 'EBGaramond', 'Source Sans 3', 'BIZ UDPMincho', 'Gowun Batang'])
    expect([family, isPinnedFamily(family)]).toEqual([family, true]);
  expect(['Noto Anything', 'Laurel Nastaliq'].map(isPinnedFamily)).toEqual([true, true]);
  expect(['Acme Sans', 'Garamond', 'Source Sans'].map(isPinnedFamily)).toEqual([false, false, false]);
});
