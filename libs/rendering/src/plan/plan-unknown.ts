/** Bytes that are no plan of this engine: compile the template again. */
export class PlanUnknown extends Error {
  override readonly name = 'PlanUnknown';

  constructor(problem: string, options?: ErrorOptions) {
    super(`This is no plan of this engine: ${problem}. Compile the template again.`, options);
  }
}
