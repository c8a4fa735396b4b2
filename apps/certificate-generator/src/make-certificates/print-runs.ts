import type { AllocatedCertificate } from '@laurel/certificates';
import type { TemplateName } from './asset-shelf.ts';

/** Certificates of one template that are printed together. */
export interface PrintRun {
  readonly template: TemplateName;
  readonly rows: readonly AllocatedCertificate[];
}

/** The most certificates of one print run: measured, more gain nothing and let an interactive one wait. */
const most = 50;

/** Groups certificates into print runs, by tenant and template, in their order. */
export function printRuns(rows: readonly AllocatedCertificate[]): PrintRun[] {
  const groups = new Map<string, { template: TemplateName; rows: AllocatedCertificate[] }>();
  for (const row of rows) {
    const { sha256, mediaType = 'image/svg+xml' } = row.request.template;
    const key = `${row.tenant_id}/${sha256}/${mediaType}`;
    const group = groups.get(key) ?? { template: { tenantId: row.tenant_id, sha256, mediaType }, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ template, rows: all }) => {
    // Of equal size, so that the last run is no leftover.
    const size = Math.ceil(all.length / Math.ceil(all.length / most));
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
      template,
      rows: all.slice(index * size, (index + 1) * size),
    }));
  });
}
