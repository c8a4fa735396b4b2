import ipaddr from 'ipaddr.js';

/** What ipaddr.js calls plain unicast, and what is none of the public internet. */
const others: readonly (readonly [string, string])[] = [
  // Azure's host server, which every virtual machine there can reach; the metadata of other clouds lies in private ranges.
  ['168.63.129.16/32', 'the metadata service of a cloud'],
  // RFC 5180, 7534 and their kin are in ipaddr.js; these are not.
  ['192.31.196.0/24', 'a reserved address'],
  ['198.18.0.0/15', 'a reserved address'],
];
const otherRanges = others.map(([range, words]) => [ipaddr.parseCIDR(range), words] as const);
/** All of IPv6 that is given out to anybody (RFC 4291, section 2.4). */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Says what keeps an address from being a public one, or undefined for a public one: `a loopback address`, `a private
 * address`. Everything that is not known to be public is refused (RFC 6890 and the IANA special-purpose registries). An IPv6 address
 * that wraps an IPv4 one (mapped, or NAT64 by its well-known prefix) is judged by that one; 6to4, Teredo and ISATAP are refused.
 *
 * @param address an IP address in its usual notation, as a resolver or a parsed URL gives it, without brackets
 */
export function addressProblem(address: string): string | undefined {
  // A zone names an interface of this machine.
  if (address.includes('%') || !ipaddr.isValid(address)) return 'no plain address';
  return ofParsed(ipaddr.parse(address));
}

function ofParsed(address: ipaddr.IPv4 | ipaddr.IPv6): string | undefined {
  for (const [range, words] of otherRanges) {
    if (range[0].kind() === address.kind() && address.match(range)) return words;
  }
  const range = address.range();
  if (address.kind() === 'ipv4') return range === 'unicast' ? undefined : (words[range] ?? 'a reserved address');
  const v6 = address as ipaddr.IPv6;
  if (range === 'ipv4Mapped') return ofParsed(v6.toIPv4Address());
  if (isNat64(v6)) return ofParsed(new ipaddr.IPv4(v6.toByteArray().slice(12)));
  if (range !== 'unicast') return words[range] ?? 'a reserved address';
  if (!v6.match(globalUnicast)) return 'a reserved address';
  return isIsatap(v6) ? 'a tunnel address' : undefined;
}

const words: Readonly<Record<string, string>> = {
  unspecified: 'the unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'an address of a carrier network',
  private: 'a private address',
  uniqueLocal: 'a private address',
  deprecatedSiteLocal: 'a private address',
  '6to4': 'a tunnel address',
  teredo: 'a tunnel address',
};

/** 64:ff9b::/96, the only NAT64 prefix that leads outside by itself (RFC 6052, section 2.1). */
function isNat64({ parts }: ipaddr.IPv6): boolean {
  return parts[0] === 0x64 && parts[1] === 0xff9b && parts.slice(2, 6).every((part) => part === 0);
}

/** An interface identifier 0:5efe or 200:5efe wraps an IPv4 address behind any prefix (RFC 5214, section 6.1). */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200);
}
