import type { z } from 'zod';

/** What is wrong with a value, by path: `score: Too big: expected number to be <=100`. Never quotes the value. */
export function describeIssues(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the value'}: ${issue.message}`)
    .join('; ');
}
