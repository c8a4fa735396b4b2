import { z } from 'zod';
import { readStatusList } from '../status-lists/read-status-list.ts';
import { StatusListRefused } from '../status-lists/status-list-refused.ts';
import type { FindKey } from '../verification/find-key.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';
import type { FetchText } from './fetch-text.ts';
import type { ForeignCredential } from './foreign-credential.ts';
import { claimedNames } from './claimed-names.ts';
import { verifyForeign } from './verify-foreign.ts';

/** What the issuer of a credential elsewhere tells of its state; `none`: it tells nothing, ever. */
export type ForeignStatus = { readonly ok: true; readonly state: 'none' | 'clear' | 'revoked' | 'suspended' } | Refusal;

export interface StatusContext {
  readonly issuer: string;
  readonly fetch: FetchText;
  readonly keys: FindKey;
  readonly now: Date;
}

const entry = z.looseObject({
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.string(),
  statusListIndex: z.union([z.string().regex(/^\d{1,10}$/), z.int().nonnegative()]).transform(Number),
  statusListCredential: z.url({ protocol: /^https?$/ }),
  // With more bits than one an entry has more to say than yes and no.
  statusSize: z.literal(1).optional(),
});
/** What holds or not; other purposes (refresh, message) do not touch that. */
const states = { revocation: 'revoked', suspension: 'suspended' } as const;

/**
 * Asks the status lists of a credential whose signature holds (Bitstring Status List 1.0, section 3.2). A list counts only if it is
 * signed by the same issuer and holds now; where it does not, nobody knows the state, which is never the same as clear.
 */
export async function checkForeignStatus(
  { credentialStatus }: ForeignCredential,
  context: StatusContext,
): Promise<ForeignStatus> {
  if (credentialStatus === undefined) return { ok: true, state: 'none' };
  let state: 'clear' | 'suspended' = 'clear';
  let unknown: Refusal | undefined;
  for (const each of [credentialStatus].flat() as unknown[]) {
    const read = entry.safeParse(each);
    const { success, data } = read;
    if (!success) {
      unknown ??= unknownState('status-method-unknown', 'it tells of its state in a way that is not known here');
      continue;
    }
    const purpose = data.statusPurpose;
    if (purpose !== 'revocation' && purpose !== 'suspension') continue;
    const isSet = await bitOf(data, purpose, context);
    if (typeof isSet !== 'boolean') unknown ??= isSet;
    else if (isSet && states[purpose] === 'revoked') return { ok: true, state: 'revoked' };
    else if (isSet) state = 'suspended';
  }
  return unknown ?? { ok: true, state };
}

async function bitOf(
  { statusListIndex: index, statusListCredential: url }: z.output<typeof entry>,
  purpose: keyof typeof states,
  { issuer, fetch, keys, now }: StatusContext,
): Promise<boolean | Refusal> {
  const answer = await fetch(url);
  if (!answer.ok) {
    return answer.why === 'too-large'
      ? unknownState('status-list-too-large', 'the list of what its issuer revoked is larger than is read')
      : unknownState('status-list-unreachable', 'the list of what its issuer revoked could not be fetched now');
  }
  const text = answer.text.trim();
  if (claimedNames(text).issuer !== issuer) {
    return unknownState('status-list-foreign', 'the list of what was revoked is not one of its issuer');
  }
  const verified = await verifyForeign(text, keys);
  if (!verified.ok) {
    if (verified.verdict === 'status-unknown') return verified;
    return verified.verdict === 'unreadable'
      ? unknownState('status-list-invalid', 'the list of what its issuer revoked cannot be read')
      : unknownState('status-list-tampered', 'the signature of the list of what its issuer revoked does not hold');
  }
  const { credential: list } = verified;
  if (list.id !== undefined && list.id !== url) {
    return unknownState('status-list-invalid', 'the list of what its issuer revoked says that it is another one');
  }
  const holds =
    (list.validFrom === undefined || new Date(list.validFrom) <= now) &&
    (list.validUntil === undefined || new Date(list.validUntil) > now);
  if (!holds) return unknownState('status-list-expired', 'the list of what its issuer revoked does not hold now');
  const { statusPurpose } = [list.credentialSubject].flat()[0] as { statusPurpose?: unknown };
  if (![statusPurpose].flat().includes(purpose)) {
    return unknownState('status-list-purpose', 'the list that it names is kept for another purpose');
  }
  return readBit(list, index, purpose);
}

function readBit(list: ForeignCredential, index: number, purpose: string): boolean | Refusal {
  try {
    readStatusList(list, 0, purpose);
  } catch (error) {
    if (!(error instanceof StatusListRefused)) throw error;
    const isBomb = (error.cause as { code?: unknown } | undefined)?.code === 'ERR_BUFFER_TOO_LARGE';
    return isBomb
      ? unknownState('status-list-too-large', 'the list of what its issuer revoked is larger than is read')
      : unknownState('status-list-invalid', 'the list of what its issuer revoked cannot be read');
  }
  try {
    return readStatusList(list, index, purpose);
  } catch (error) {
    // It can be read, so only the index is wrong.
    if (!(error instanceof StatusListRefused)) throw error;
    return unknownState('status-index', 'its place in the list of what its issuer revoked does not exist');
  }
}

const unknownState = (code: Refusal['code'], reason: string) => refuse('status-unknown', code, reason);
