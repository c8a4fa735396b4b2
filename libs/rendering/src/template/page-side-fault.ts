import { type CSSToken, TokenType } from '@csstools/css-tokenizer';

const MM: Readonly<Record<string, number>> = {
  mm: 1,
  cm: 10,
  in: 25.4,
  pt: 25.4 / 72,
  pc: 25.4 / 6,
  px: 25.4 / 96,
  q: 0.25,
};
const [LEAST, MOST] = [40, 1200];

/** Why paper of this `size` cannot be printed on, as a sentence; undefined where it can. */
export function pageSideFault(size: readonly CSSToken[] | readonly { readonly mm: number }[]): string | undefined {
  for (const side of size) {
    const mm =
      'mm' in side
        ? side.mm
        : side[0] === TokenType.Dimension
          ? side[4].value * (MM[side[4].unit.toLowerCase()] ?? NaN)
          : 100;
    if (!(mm >= LEAST && mm <= MOST))
      return `A side of the paper is ${Number.isFinite(mm) ? `${Math.round(mm)} mm` : 'of an unknown length'}; ${LEAST} to ${MOST} mm can be printed.`;
  }
  return undefined;
}
