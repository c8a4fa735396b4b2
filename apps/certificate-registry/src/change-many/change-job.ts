import type { SearchPosition } from '../certificates/certificate-search.ts';
import type { ChangeKind } from '../certificates/change-kind.ts';
import type { ChangeFilter } from './change-filter.ts';

/** A job that changes many certificates: those of a filter, or those of a file. */
export interface ChangeJob {
  readonly id: string;
  readonly tenantId: string;
  readonly change: ChangeKind;
  /** For those that have none of their own. */
  readonly reason: string | null;
  readonly until: Date | null;
  readonly isDryRun: boolean;
  /** Null where a file named the certificates. */
  readonly filter: ChangeFilter | null;
  readonly actor: string;
  /** `resolving`: the certificates of the filter are being noted; none is changed yet. */
  readonly state: 'resolving' | 'running' | 'done' | 'failed';
  /** How far the filter is resolved. */
  readonly resolvedTo: SearchPosition | null;
  /** The newest certificate of the tenant when the job was accepted: what comes later is not meant. */
  readonly resolveUntil: SearchPosition | null;
  /** The last certificate that is done; a job goes in the order of their ids. */
  readonly doneTo: string;
  readonly counts: ChangeCounts;
  /** How often its next step has failed. */
  readonly failures: number;
  /** Why it was given up. */
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What became of the certificates of a job. */
export interface ChangeCounts {
  readonly matched: number;
  readonly changed: number;
  readonly already: number;
  readonly blocked: number;
  readonly failed: number;
}
