import type { CertificateSearch } from './certificate-search.ts';

/**
 * The column by which a search is ordered, and its ids then: mostly that of the allocation, which is that of the issue. Whoever asks
 * when certificates changed reads them in that order. Only an end of their issue between the two ends of their change bounds more
 * than these: then they are read in the order of their issue, since most change once, in the moment of their issue.
 */
export function searchOrder({
  issuedBefore,
  changedFrom,
  changedBefore,
}: CertificateSearch): 'allocated_at' | 'state_changed_at' {
  if (changedFrom === undefined && changedBefore === undefined) return 'allocated_at';
  const isBetween =
    issuedBefore !== undefined &&
    (changedFrom === undefined || changedFrom <= issuedBefore) &&
    (changedBefore === undefined || issuedBefore < changedBefore);
  return isBetween ? 'allocated_at' : 'state_changed_at';
}
