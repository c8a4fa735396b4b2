import type { StatusListForm } from './signed-status-list.repository.ts';

/** JSON first: it is what whoever asks for anything gets. */
const forms: Readonly<Record<string, StatusListForm>> = {
  'application/vc': 'document',
  'application/ld+json': 'document',
  'application/json': 'document',
  'application/vc+jwt': 'token',
  'application/jwt': 'token',
};

/**
 * Which form an `Accept` (RFC 9110, section 12.5.1) likes best. Whoever likes none of them gets JSON all the same: a verifier with a
 * narrow header is better served by a list than by an error.
 */
export function preferredForm(accept: string | undefined): StatusListForm {
  let best: { form: StatusListForm; quality: number } = { form: 'document', quality: 0 };
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const given = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = given === undefined ? 1 : Number(given.slice(2));
    const form = type === '*/*' || type === 'application/*' ? 'document' : forms[type];
    if (form !== undefined && quality > best.quality) best = { form, quality };
  }
  return best.form;
}
