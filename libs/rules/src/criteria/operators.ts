import type { Operator } from './criteria.ts';

/** How an operator compares, and how it reads in a sentence. */
export interface OperatorMeaning {
  readonly compare: (score: number, threshold: number) => boolean;
  /** `the best score is 87.5 %, at least 60 %` */
  readonly holds: string;
  readonly fails: string;
  /** `a score of at least 60 %` */
  readonly asks: string;
}

/** The operators there are. A Map: no name of a stranger finds what an object inherits. */
export const operators: ReadonlyMap<string, OperatorMeaning> = new Map<Operator, OperatorMeaning>([
  ['>=', { compare: (a, b) => a >= b, holds: 'at least', fails: 'below', asks: 'at least' }],
  ['>', { compare: (a, b) => a > b, holds: 'above', fails: 'not above', asks: 'above' }],
  ['<=', { compare: (a, b) => a <= b, holds: 'at most', fails: 'above', asks: 'at most' }],
  ['<', { compare: (a, b) => a < b, holds: 'below', fails: 'not below', asks: 'below' }],
  ['=', { compare: (a, b) => a === b, holds: 'equal to', fails: 'not equal to', asks: 'exactly' }],
  ['!=', { compare: (a, b) => a !== b, holds: 'not equal to', fails: 'equal to', asks: 'other than' }],
]);
