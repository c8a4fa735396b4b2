import type { IssuerKeyRow } from './issuer-key.repository.ts';
import type { IssuerKeyView } from './issuer-key-view.ts';

const algorithms: Readonly<Record<string, IssuerKeyView['algorithm']>> = { EC: 'ES256', RSA: 'RS256', OKP: 'Ed25519' };

/** Shows a key with the part of its life that it is in at an instant. */
export function showIssuerKey(row: IssuerKeyRow, now: Date): IssuerKeyView {
  const algorithm = algorithms[row.publicJwk.kty ?? ''];
  if (!algorithm) throw new TypeError(`Key ${row.kid} is of a kind that is not known`);
  return {
    kid: row.kid,
    name: row.kid.slice(row.kid.indexOf('#') + 1),
    purpose: row.purpose,
    algorithm,
    state: stateOf(row, now),
    createdAt: row.createdAt.toISOString(),
    activeFrom: row.activeFrom.toISOString(),
    ...(row.retiredAt === null ? {} : { retiredAt: row.retiredAt.toISOString() }),
    ...(row.compromisedAt === null
      ? {}
      : {
          compromised: {
            from: row.compromisedAt.toISOString(),
            reason: row.compromiseReason ?? '',
            actor: row.compromiseActor ?? '',
          },
        }),
  };
}

function stateOf({ activeFrom, retiredAt, compromisedAt }: IssuerKeyRow, now: Date): IssuerKeyView['state'] {
  if (compromisedAt !== null) return 'compromised';
  if (activeFrom > now) return 'next';
  return retiredAt !== null && retiredAt <= now ? 'retired' : 'in-use';
}
