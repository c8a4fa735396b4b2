/** What handlers use of the answer: a status that is only known when the work is done. */
export interface Reply {
  status(code: number): unknown;
}
