import type { PublicData } from '@laurel/contracts';
import type { Verification, VerifiedCertificate } from '../verify-certificate/verification.ts';
import { initialsOf } from './initials-of.ts';
import { showsDocuments } from './shows-documents.ts';

/**
 * What is told of a certificate of ours, as far as its tenant shows it. A name that is not shown in full stands nowhere in it, not in what the
 * issuer wrote either.
 *
 * @param choice null where none was heard of: then everything is shown
 * @param isPresented whether the asker has the credential, and so all that it says; documents are not handed out for that
 */
export function asTenantShows(found: Verification, choice: PublicData | null, isPresented = false): Verification {
  const { certificate } = found;
  if (!certificate || choice === null || showsDocuments(choice)) return found;
  const { recipientName, results } = isPresented ? ({ recipientName: 'full', results: true } as const) : choice;
  const { links, recipient } = certificate;
  const told = {
    ...certificate,
    ...(links ? { links: { verify: links.verify } } : {}),
    results: results ? certificate.results : [],
    shown: { recipientName, results, documents: false },
  };
  if (recipientName === 'full' || recipient.name === undefined) return { ...found, certificate: told };
  const name = recipientName === 'initials' ? initialsOf(recipient.name) : undefined;
  return withoutName({ ...found, certificate: told }, told, { full: recipient.name, name });
}

function withoutName(
  found: Verification,
  certificate: VerifiedCertificate,
  { full, name }: { readonly full: string; readonly name: string | undefined },
): Verification {
  const { achievement, results } = certificate;
  const words = full
    .trim()
    .split(/\s+/u)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{M}\\p{N}])`, 'giu');
  const without = (text: string) => (words[0] === '' ? text : text.replace(pattern, name ?? '…'));
  return {
    ...found,
    reasons: found.reasons.map(({ message, words: said, ...reason }) => ({
      ...reason,
      message: without(message),
      ...(said === undefined ? {} : { words: without(said) }),
    })),
    certificate: {
      ...certificate,
      recipient: name === undefined ? {} : { name },
      achievement: {
        name: without(achievement.name),
        description: without(achievement.description),
        criteria: without(achievement.criteria),
      },
      results: results.map((each) => ({ ...each, value: without(each.value) })),
    },
  };
}
