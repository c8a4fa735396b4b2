/**
 * The name of a certificate's picture: `pictures/<tenant>/<sha256 of its PDF>-<width>.png`, or `….svg` (docs: architecture, layout of objects).
 *
 * @param pdfSha256 64 hexadecimal digits, in lower case
 * @param size the width of a PNG in pixels, or `svg`
 * @throws {RangeError} for anything else
 */
export function pictureObjectName(tenant: string, pdfSha256: string, size: number | 'svg'): string {
  if (!/^[0-9a-f]{64}$/.test(pdfSha256)) throw new RangeError(`"${pdfSha256}" is no SHA-256 in lower-case hexadecimal`);
  if (!/^[a-z0-9-]{2,40}$/.test(tenant)) throw new RangeError(`"${tenant}" is no tenant's id`);
  if (size === 'svg') return `pictures/${tenant}/${pdfSha256}.svg`;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`${size} is no width in pixels`);
  return `pictures/${tenant}/${pdfSha256}-${size}.png`;
}
