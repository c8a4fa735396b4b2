import type { AllocatedCertificate, FailedMaking } from '@laurel/certificates';
import type { PdfDocument } from '@laurel/rendering';
import type { Printed } from '../print/print-queue.ts';
import { MakingFailed, type MakingFailure } from './making-failed.ts';

/**
 * Why one certificate cannot be made, as its row and its event tell it.
 *
 * @throws what was given, when it is no failure of this certificate but an outage or a bug
 */
export function failedMaking({ id, version }: AllocatedCertificate, failure: unknown): FailedMaking {
  const { type, reason } = told(failure);
  return { id, version, failure_type: type, failure_reason: oneLine(reason) };
}

function told(failure: unknown): { type: MakingFailure; reason: string } {
  if (failure instanceof MakingFailed) return failure;
  if (!isPrintFailure(failure)) throw failure;
  const { reason, message } = failure;
  if (reason === 'does-not-fit') return { type: 'does-not-fit', reason: message };
  if (reason === 'no-font') return { type: 'writing-unsupported', reason: message };
  if (reason === 'timeout') return { type: 'print-failed', reason: message };
  // What the browser said may quote what stands on the page.
  return { type: 'print-failed', reason: `the browser could not print it (${reason}): try a preview of the template` };
}

function isPrintFailure(failure: unknown): failure is Exclude<Printed, PdfDocument> {
  return typeof failure === 'object' && failure !== null && !(failure instanceof Error) && 'reason' in failure;
}

/** What an event's reason may be: one line of at most 500 printable characters. */
function oneLine(reason: string): string {
  const printable = reason.replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ').trim();
  return [...printable].slice(0, 500).join('').trim();
}
