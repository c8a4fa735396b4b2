/** Why a record is no event. The text names fields, never values: it may end in a header or a log. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}
