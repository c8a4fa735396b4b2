import type { CredentialInput } from '../credential/credential-input.ts';
import { CredentialRefused } from '../credential/credential-refused.ts';
import { ownContext } from './own-context.ts';
import { termFault } from './term-fault.ts';

/**
 * What a credential says in terms of its type's own: members of its subject, and the context that they need. Neither where no term has a
 * value: a context that gives nothing a meaning would only keep verifiers away.
 *
 * @throws {CredentialRefused} for a value of what is none of the terms, a name that cannot be one, or a type whose id no address can hold
 */
export function ownMembers(own: CredentialInput['own']): {
  readonly contexts: readonly string[];
  readonly members: Readonly<Record<string, string>>;
} {
  if (!own || Object.keys(own.values).length === 0) return { contexts: [], members: {} };
  const { terms, values } = own;
  if (terms.typeId === '.' || terms.typeId === '..') {
    throw new CredentialRefused('own.terms.typeId is a dot or two, which addresses drop: give the type another id');
  }
  for (const name of terms.names) {
    const fault = termFault(name);
    if (fault !== undefined) throw new CredentialRefused(`own.terms.names: ${name} ${fault}`);
  }
  const strange = Object.keys(values).find((name) => !terms.names.includes(name));
  if (strange !== undefined) throw new CredentialRefused(`own.values: ${strange} is none of the terms; leave it out`);
  return { contexts: [ownContext(terms).address], members: values };
}
