/**
 * The names under which an issuer may stand on the list: its own, and the origin where its keys are served. None for a text that no
 * list holds.
 */
export function namesOfIssuer(issuer: string): string[] {
  if (issuer.length > 2_000 || !/^[\u0021-\u007e]+$/.test(issuer)) return [];
  const [, host, port] = /^did:web:([A-Za-z0-9.-]+)(?:%3[aA](\d+))?(?::|$)/.exec(issuer) ?? [];
  const address = host === undefined ? issuer : `https://${host}${port === undefined ? '' : `:${port}`}`;
  const isHttps = address.startsWith('https://') && URL.canParse(address);
  return isHttps ? [issuer, new URL(address).origin] : [issuer];
}
