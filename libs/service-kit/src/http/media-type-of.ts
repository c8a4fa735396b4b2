/**
 * The media type of a `Content-Type` header in lower case, without its parameters, and its charset if it names one
 * (RFC 9110, section 8.3). Undefined for a header that is missing.
 */
export function mediaTypeOf(header: string | undefined): { type: string; charset: string | undefined } | undefined {
  if (header === undefined) return undefined;
  const [type = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((each) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(each)?.[1]).find(Boolean);
  return { type: type.trim(), charset };
}
