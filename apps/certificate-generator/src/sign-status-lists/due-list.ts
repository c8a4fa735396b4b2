/** A status list whose signed edition is behind its rows, or grows old. */
export interface DueList {
  readonly id: string;
  readonly issuer_id: string;
  readonly did: string;
}

/** What one look at the lists has found. */
export interface DueLists {
  readonly lists: readonly DueList[];
  /** Seconds since the oldest change that is in no signed list; 0 when there is none. */
  readonly behind: number;
}
