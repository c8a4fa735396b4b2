/** How a score is held against a threshold. */
export type Operator = '>=' | '>' | '<=' | '<' | '=' | '!=';

/** What criteria may ask of the enrolment; a completed one is enrolled too. */
export type WantedStatus = 'enrolled' | 'completed';

/** One comparison: the best score of an assessment (`any`: of all of them) with a percentage. */
export interface ScoreClause {
  readonly assessment: string;
  readonly operator: Operator;
  readonly threshold: number;
}

/** The rule of an award, read and checked. Every part has to hold. Made by `parseCriteria` alone. */
export interface Criteria {
  readonly status?: WantedStatus;
  /** In the order in which they were written; several of one assessment are a range. */
  readonly scores: readonly ScoreClause[];
}
