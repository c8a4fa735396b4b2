import type { PublicRow } from '../verify-certificate/public-certificate.repository.ts';

/** Whether there is an SVG of a certificate: its template has to be one, which requests leave out. */
export function hasSvg({ template_type }: Pick<PublicRow, 'template_type'>): boolean {
  return template_type === null || template_type === 'image/svg+xml';
}
