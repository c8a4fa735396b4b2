const MOST = 2000;

/** The beginning of an address as a browser reads it, which ignores controls and white space; enough of it to tell what it is. */
export function beginningOf(address: string): string {
  // eslint-disable-next-line no-control-regex -- they are what it is about
  const from = Math.max(0, address.search(/[^\u0000-\u0020]/));
  // eslint-disable-next-line no-control-regex -- see above
  return address.slice(from, from + MOST).replace(/[\u0000-\u0020]+/g, '');
}
