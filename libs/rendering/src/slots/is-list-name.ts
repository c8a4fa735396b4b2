/** Whether a slot can hold the rows of a repeated part: `claims.marks`, `meta.modules`. */
export function isListName(slot: string): boolean {
  return /^(?:claims|meta)\.[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(slot);
}
