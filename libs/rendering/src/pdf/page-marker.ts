/** The fill colour of the mark before (`start`) or after (`end`) the text of this index on its page, as red, green, blue of 0 to 255. */
export function pageMarker(kind: 'start' | 'end', index: number): readonly [number, number, number] {
  return [kind === 'start' ? 1 : 2, index >> 8, index & 255];
}
