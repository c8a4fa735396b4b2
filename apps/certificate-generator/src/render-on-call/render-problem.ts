import { BrowserUnavailable, PrintFailed, TemplateRefused, TemplateUnprintable } from '@laurel/rendering';
import { Problem } from '@laurel/service-kit';

/** What a caller is told of an error of the renderer: 422 where the design or a value is to blame, 503 while there is no browser; anything else stays what it is. */
export function renderProblem(error: unknown): unknown {
  if (error instanceof BrowserUnavailable) {
    const details = {
      code: 'browser-away',
      detail: 'The browser is being started again: try again in some seconds.',
      headers: { 'retry-after': '3' },
    };
    return new Problem(503, details, { cause: error });
  }
  if (error instanceof PrintFailed) {
    const [failure] = error.failures;
    return unprintable(failure?.reason ?? 'refused', failure?.message ?? error.message, error);
  }
  if (error instanceof TemplateRefused) return unprintable('refused', error.message, error);
  if (error instanceof TemplateUnprintable) return unprintable(error.reason, error.message, error);
  return error;
}

function unprintable(reason: string, detail: string, cause: unknown): Problem {
  return new Problem(422, { code: `template-${reason}`, detail }, { cause });
}
