import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { exceedsDepth } from '../verification/exceeds-depth.ts';
import { isDocument } from '../verification/is-document.ts';

const maxDepth = 64;

/** Names that a credential gives itself. */
export interface ClaimedNames {
  readonly id?: string;
  readonly issuer?: string;
}

/**
 * What a credential is called and who issued it by its own word, of which nothing is believed yet: it only tells in which way it is to
 * be verified. A name is left out where there is none.
 *
 * @param presented a token; JSON as text, or already parsed
 */
export function claimedNames(presented: string | object): ClaimedNames {
  const members = (typeof presented === 'string' ? parsed(presented) : presented) ?? {};
  const { id, issuer: stated } = members as { id?: unknown; issuer?: unknown };
  const issuer = typeof stated === 'object' && stated !== null ? (stated as { id?: unknown }).id : stated;
  return { ...(typeof id === 'string' ? { id } : {}), ...(typeof issuer === 'string' ? { issuer } : {}) };
}

function parsed(text: string): unknown {
  if (text.length > maxTokenBytes) return undefined;
  const json = isDocument(text) ? text : Buffer.from(text.split('.', 2)[1] ?? '', 'base64url').toString();
  if (exceedsDepth(json, maxDepth)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    // What is wrong with it is for the verification to say.
    return undefined;
  }
}
