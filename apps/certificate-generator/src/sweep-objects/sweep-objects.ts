import type { ObjectStore } from '@laurel/object-store';
import type { Transaction, UnitOfWork } from '@laurel/persistence';

/** One step of the sweeping: a page of a tenant's day. */
export interface SweepStep {
  readonly tenantId: string;
  /** `2026-03-01`: the day of allocation. */
  readonly day: string;
  /** Objects that were looked at, and those of them that were orphans and are gone. */
  readonly seen: number;
  readonly deleted: number;
  /** Whether the day is done. */
  readonly isLast: boolean;
}

interface Place {
  readonly tenant_id: string;
  readonly day: string;
  readonly position: string;
}

/** Days from a day's beginning until it is swept: itself, and 48 hours. */
const rest = 3;
/** Any number that no other advisory lock of this database has. */
const lock = 7_713_000_060;
const named = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-[0-9a-f]{64}\.[a-z]+$/;

/**
 * Deletes the objects that no certificate came to name: those of workers that died or woke too late. Every day of allocation
 * is swept once, 48 hours after its end (architecture section 8), page by page; one process at a time, and where one stops
 * another goes on.
 */
export class SweepObjects {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: Pick<ObjectStore, 'list' | 'delete'>,
    private readonly page = 200,
  ) {}

  /**
   * Sweeps one page.
   *
   * @returns undefined when nothing is due at `now`, or another process sweeps
   * @throws {ObjectStoreUnavailable} when the store is away; the page is swept again then
   */
  async step(now: Date): Promise<SweepStep | undefined> {
    const place = await this.unitOfWork.run((transaction) => this.due(transaction, now));
    if (!place) return undefined;
    const names: string[] = [];
    // Outside of the transaction: a folder of a million names takes its time.
    for await (const { name } of this.store.list(folderOf(place), place.position)) {
      if (names.push(name) === this.page) break;
    }
    return this.unitOfWork.run((transaction) => this.sweep(transaction, place, names));
  }

  private async due(transaction: Transaction, now: Date): Promise<Place | undefined> {
    // A day early: the clocks of two generators may differ at midnight.
    await transaction.query(
      `INSERT INTO object_sweep (tenant_id, day)
       SELECT known.tenant_id, (first.allocated_at AT TIME ZONE 'UTC')::date - 1
       FROM (SELECT DISTINCT tenant_id FROM number_counter) known
       CROSS JOIN LATERAL (
         SELECT allocated_at FROM certificate WHERE tenant_id = known.tenant_id ORDER BY id LIMIT 1) first
       WHERE NOT EXISTS (SELECT FROM object_sweep swept WHERE swept.tenant_id = known.tenant_id)
       ON CONFLICT DO NOTHING`,
    );
    const [place] = await transaction.query<Place>(
      `SELECT tenant_id, day::text, position FROM object_sweep
       WHERE day <= ($1::timestamptz AT TIME ZONE 'UTC')::date - $2::int ORDER BY day, tenant_id LIMIT 1`,
      [now, rest],
    );
    return place;
  }

  private async sweep(
    transaction: Transaction,
    place: Place,
    names: readonly string[],
  ): Promise<SweepStep | undefined> {
    const [taken] = await transaction.query<{ is: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS is', [lock]);
    if (!taken?.is) return undefined;
    const here = [place.tenant_id, place.day, place.position];
    const [found] = await transaction.query(
      'SELECT FROM object_sweep WHERE tenant_id = $1 AND day = $2::date AND position = $3',
      here,
    );
    // Another process was here while this one listed.
    if (!found) return undefined;
    const orphans = await orphansOf(transaction, names);
    await this.store.delete(orphans);
    const isLast = names.length < this.page;
    await transaction.query(
      `UPDATE object_sweep SET day = day + $2::int, position = $3 WHERE tenant_id = $1`,
      isLast ? [place.tenant_id, 1, ''] : [place.tenant_id, 0, names.at(-1)],
    );
    return {
      ...{ tenantId: place.tenant_id, day: place.day },
      ...{ seen: names.length, deleted: orphans.length, isLast },
    };
  }
}

const folderOf = ({ tenant_id, day }: Place) => `certificates/${tenant_id}/${day}/`;

/**
 * Of these objects those that no row names and whose certificate is not `allocated`. The rows of what is to go stay locked: a
 * retry, after which a worker could make the very same object again, waits until it is gone. What is not named as a
 * certificate's object is nobody's orphan, and stays.
 */
async function orphansOf(transaction: Transaction, names: readonly string[]): Promise<string[]> {
  const candidates = new Map(
    names.flatMap((name): [string, string][] => {
      const id = named.exec(name)?.[1];
      return id === undefined ? [] : [[name, id]];
    }),
  );
  for (const { pdf_object } of await transaction.query<{ pdf_object: string }>(
    'SELECT pdf_object FROM certificate WHERE id = ANY($1::uuid[]) AND pdf_object IS NOT NULL',
    [[...candidates.values()]],
  )) {
    candidates.delete(pdf_object);
  }
  const rows = await transaction.query<{ id: string; state: string; pdf_object: string | null }>(
    'SELECT id, state, pdf_object FROM certificate WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [[...candidates.values()]],
  );
  const locked = new Map(rows.map((row) => [row.id, row]));
  return [...candidates].flatMap(([name, id]) => {
    const row = locked.get(id);
    return row?.state === 'allocated' || row?.pdf_object === name ? [] : [name];
  });
}
