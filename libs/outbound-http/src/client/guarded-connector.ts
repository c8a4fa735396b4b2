import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { addressProblem } from '../addresses/address-problem.ts';
import { OutboundError } from './outbound-error.ts';

/** Resolves a name to all of its addresses. */
export type ResolveAll = (
  hostname: string,
  options: { readonly all: true; readonly order: 'verbatim' },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface ConnectorOptions {
  readonly allow: readonly string[];
  readonly connectTimeoutMs: number;
  /** Certificates to trust beside none other, as PEM. */
  readonly ca?: string;
  readonly resolve?: ResolveAll;
}

const tlsSessions = 10_000;

/**
 * Connects to nothing but public addresses. A literal address is judged before (no resolver is asked for it); a name is
 * resolved once, all of its addresses are judged, and the socket gets exactly those: between judging and connecting nobody can
 * change an answer. A name with one bad address is refused as a whole.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { resolve = systemLookup } = options;
  const base = {
    allowH2: false,
    timeout: options.connectTimeoutMs,
    maxCachedSessions: tlsSessions,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  };
  const free = buildConnector(base);
  const guarded = buildConnector({ ...base, lookup: judgedLookup(resolve) });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    if (options.allow.includes(`${target.hostname}:${port}`)) return free(target, callback);
    const problem = isIP(host) === 0 ? undefined : addressProblem(host);
    if (problem) return callback(refusal(problem), null);
    guarded(target, callback);
  };
}

function judgedLookup(resolve: ResolveAll): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname, { all: true, order: 'verbatim' }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new OutboundError('dns', 'The host has no address'), '');
      const problem = addresses.map(({ address }) => addressProblem(address)).find(Boolean);
      if (problem) return callback(refusal(problem), '');
      if (all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const refusal = (problem: string) =>
  new OutboundError('address', `The host leads to ${problem}, and only public ones are called`);
