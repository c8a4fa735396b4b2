import type { AllocatedCertificate } from '@laurel/certificates';
import type { TemplateName } from '../plans/plans.ts';

/** Certificates of one template that are printed together. */
export interface TemplateRun {
  readonly template: TemplateName;
  readonly rows: readonly AllocatedCertificate[];
}

/** The most certificates of one print run: measured, fifty cost each as much as 25, and let an interactive one wait twice as long. */
const most = 25;

/**
 * Groups certificates into print runs, by tenant and template; those of one award stand together, because what they have in common is printed once. The largest come first: what is left at the end of a slice are
 * the short runs of rare templates, so that no page stands idle while the last long one prints.
 */
export function printRuns(rows: readonly AllocatedCertificate[]): TemplateRun[] {
  const groups = new Map<string, { template: TemplateName; rows: AllocatedCertificate[] }>();
  for (const row of rows) {
    const { sha256, mediaType = 'image/svg+xml' } = row.request.template;
    const key = `${row.tenant_id}/${sha256}/${mediaType}`;
    const group = groups.get(key) ?? { template: { tenantId: row.tenant_id, sha256, mediaType }, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const runs = [...groups.values()].flatMap(({ template, rows }) => {
    const all = rows.toSorted((one, other) => compare(awardOf(one), awardOf(other)));
    // Of equal size, so that the last run is no leftover.
    const size = Math.ceil(all.length / Math.ceil(all.length / most));
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
      template,
      rows: all.slice(index * size, (index + 1) * size),
    }));
  });
  return runs.sort((one, other) => other.rows.length - one.rows.length);
}

const awardOf = ({ request: { award, occasion } }: AllocatedCertificate) =>
  `${award?.id ?? ''} ${award?.version ?? ''} ${occasion['batchId'] ?? ''}`;
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
