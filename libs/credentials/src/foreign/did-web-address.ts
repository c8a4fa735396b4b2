const did = /^did:web:([a-zA-Z0-9.-]{1,253})(?:%3[aA](\d{1,5}))?((?::[a-zA-Z0-9._~%+-]{1,200}){0,16})$/;

/**
 * Where the document of a did:web stands (did:web, section 2.5.2), an https URL; nothing where it is none or climbs out of its path.
 */
export function didWebAddress(id: string): string | undefined {
  const [, host, port, path = ''] = did.exec(id) ?? [];
  if (host === undefined) return undefined;
  const parts = path.split(':').slice(1);
  // A browser would make another address of these.
  if (parts.some((part) => /^(\.|%2e)+$/i.test(part) || !decodes(part))) return undefined;
  const address = `https://${host}${port === undefined ? '' : `:${port}`}/${parts.length === 0 ? '.well-known' : parts.join('/')}/did.json`;
  return URL.canParse(address) ? address : undefined;
}

function decodes(part: string): boolean {
  return /^([^%]|%[0-9a-fA-F]{2})*$/.test(part);
}
