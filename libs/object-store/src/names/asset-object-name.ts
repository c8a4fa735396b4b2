const extensions = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/svg+xml', 'svg'],
  ['text/html', 'html'],
  ['application/pdf', 'pdf'],
  ['font/ttf', 'ttf'],
]);

/**
 * The name of the object of a template, a picture, a font or a sample: `assets/<tenant>/<sha256>.<ext>` (docs: architecture, layout of objects).
 *
 * @param sha256 64 hexadecimal digits, in lower case
 * @param mediaType `image/png`, `image/jpeg`, `image/svg+xml`, `text/html`, `application/pdf` or `font/ttf`
 * @throws {RangeError} for anything else
 */
export function assetObjectName(tenant: string, sha256: string, mediaType: string): string {
  const extension = extensions.get(mediaType);
  if (extension === undefined) throw new RangeError(`"${mediaType}" is no media type of an asset`);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is no SHA-256 in lower-case hexadecimal`);
  if (!/^[a-z0-9-]{2,40}$/.test(tenant)) throw new RangeError(`"${tenant}" is no tenant's id`);
  return `assets/${tenant}/${sha256}.${extension}`;
}
