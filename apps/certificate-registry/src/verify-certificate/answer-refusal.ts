import type { RefusalCode } from '@laurel/credentials';
import type { Verification } from './verification.ts';

/** A refusal as the answer of the API: one reason, and nothing of what nobody has signed. */
export function answerRefusal({ verdict, code, reason }: AnsweredRefusal): Verification {
  return { verdict, reasons: [{ code, message: `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}.` }] };
}

interface AnsweredRefusal {
  readonly verdict: 'tampered' | 'unreadable' | 'unknown-issuer' | 'status-unknown';
  readonly code: RefusalCode | AnsweredRefusal['verdict'];
  /** A clause; it becomes a sentence. */
  readonly reason: string;
}
