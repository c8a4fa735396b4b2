import type { TemplateUnprintable } from '../template/template-unprintable.ts';
import type { PrintFailure } from './print-failed.ts';

type Failure = Omit<PrintFailure, 'index'>;

/** What an error of the browser or of the page says about the record that met it. */
export function failureOf(error: unknown): Failure & { reason: TemplateUnprintable['reason'] } {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'PrintTimeout') return { reason: 'timeout', message: said };
  if (error instanceof Error && error.name === 'PrintOvergrown') return { reason: 'crashed', message: said };
  if (
    /Target closed|Session closed|Connection closed|detached|Page crashed|Protocol error.*(closed|crash)|browser has disconnected/i.test(
      said,
    )
  )
    return {
      reason: 'crashed',
      message: `The browser ended while it printed (${said}). Look at the template and the values of this record.`,
    };
  return { reason: 'refused', message: said };
}
