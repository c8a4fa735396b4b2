import { isIP } from 'node:net';
import { addressProblem } from '../addresses/address-problem.ts';

export interface OutboundUrlRules {
  /** Refuses http, but for what `allow` names. */
  readonly httpsOnly?: boolean;
}

const longest = 2_048;
/** Ports of databases, brokers and machine interfaces: nothing there expects an HTTP request from outside. */
const refusedPorts = new Set([
  1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 8500, 9042, 9092,
  9093, 9200, 9300, 10250, 11211, 15672, 27017, 27018, 50070,
]); // prettier-ignore

/**
 * Says in words why a URL may not be called, or undefined when nothing is wrong with what it says: http or https, no user
 * part, port 80, 443 or one from 1024 that is not a database's, and no literal address that is not public, in whatever
 * notation (`0x7f.1`, `2130706433`). What its name resolves to is judged inside every connection, not here.
 *
 * @param allow `host:port` pairs that are let through, exactly as the parsed URL writes them, for development
 */
export function checkOutboundUrl(
  url: string,
  allow: readonly string[] = [],
  rules: OutboundUrlRules = {},
): string | undefined {
  if (url.length > longest) return `is longer than ${longest} characters`;
  if (!URL.canParse(url)) return 'is no URL; write it like https://example.org/hooks';
  const { protocol, username, password, hostname, port } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with https:// (or http://)';
  if (username !== '' || password !== '') return 'must not hold a user name or a password';
  const number = port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
  if (allow.includes(`${hostname}:${number}`)) return undefined;
  if (rules.httpsOnly && protocol !== 'https:') return 'must begin with https://';
  if (refusedPorts.has(number) || (number < 1024 && number !== 80 && number !== 443)) {
    return `names port ${number}; allowed are 443, 80 and ports from 1024 on that no database or broker uses`;
  }
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) {
    return 'names this machine itself; it must be reachable from the public internet';
  }
  const problem = isIP(host) === 0 ? undefined : addressProblem(host);
  return problem && `leads to ${problem}; it must be reachable from the public internet`;
}
