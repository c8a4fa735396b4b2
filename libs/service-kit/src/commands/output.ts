/** Where a command writes: its answer, and what goes wrong. */
export interface Output {
  answer(text: string): void;
  complaint(text: string): void;
}
