import { externalId } from '@laurel/contracts';
import type { FieldError } from '@laurel/service-kit';
import type { KnownCredentialType } from '../known-assets/known-asset.repository.ts';
import type { NewCertificate } from './new-certificate.ts';

/** The one member that may be left out: whoever certifies by hand has no award, and so another occasion than the award's. */
const optional = 'awardId';

/**
 * What the certificate is for, as its type names it. Each member is taken from the call's `occasion`, else from its input,
 * and `learnerId` is the learner's id.
 */
export function occasionOf(
  type: KnownCredentialType,
  { input, learner, occasion: given = {} }: Pick<NewCertificate, 'input' | 'learner' | 'occasion'>,
): { occasion: Record<string, string>; errors: FieldError[] } {
  const occasion: Record<string, string> = {};
  const errors: FieldError[] = [];
  const add = (pointer: string, code: string, detail: string) => errors.push({ in: 'body', pointer, code, detail });
  for (const name of type.occasion) {
    const sources = [
      ...(Object.hasOwn(given, name) ? [{ pointer: `/occasion/${name}`, value: given[name] }] : []),
      ...(Object.hasOwn(input, name) ? [{ pointer: `/input/${name}`, value: input[name] }] : []),
      ...(name === 'learnerId' ? [{ pointer: '/learner/id', value: learner.id }] : []),
    ];
    const [first] = sources;
    if (!first) {
      if (name !== optional)
        add(`/occasion/${name}`, 'missing', 'is missing: it is part of what the certificate is for');
      continue;
    }
    const value = String(first.value);
    const other = sources.find((source) => String(source.value) !== value);
    if (other) add(first.pointer, 'contradiction', `must be equal to ${other.pointer}, or be left out`);
    else if (!externalId.safeParse(value).success) {
      add(first.pointer, 'invalid', 'must be 1 to 128 printable characters: it is part of what the certificate is for');
    } else occasion[name] = value;
  }
  for (const name of Object.keys(given)) {
    if (!type.occasion.includes(name)) {
      add(`/occasion/${name}`, 'unknown', `is not part of the occasion, which is ${type.occasion.join(', ')}`);
    }
  }
  return { occasion, errors };
}
