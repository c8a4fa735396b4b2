/** Whether an `If-None-Match` (RFC 9110, section 13.1.2) names this entity tag, so that the caller has these bytes. */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const given = header.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return given.includes('*') || given.includes(tag.replace(/^W\//, ''));
}
