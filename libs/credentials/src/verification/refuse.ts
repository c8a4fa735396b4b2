import type { Refusal } from './refusal.ts';
import type { RefusalCode } from './refusal-codes.ts';

/** A refusal in one line: `refuse('tampered', 'foreign-key', 'the key named in its header is not a key of its issuer')`. */
export function refuse(verdict: Refusal['verdict'], code: RefusalCode, reason: string): Refusal {
  return { ok: false, verdict, code, reason };
}
