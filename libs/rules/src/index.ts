export type * from './criteria/criteria.ts';
export * from './criteria/describe-criteria.ts';
export * from './criteria/parse-criteria.ts';
export * from './evaluation/evaluate-criteria.ts';
