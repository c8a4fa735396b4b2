import type { KafkaRecord } from '@laurel/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FetchedPartition, NextOffset } from '../broker/broker.ts';
import { type HandleSlice, SliceCollector } from './slice-collector.ts';

type Note =
  | { readonly did: 'handle'; readonly records: readonly KafkaRecord[] }
  | { readonly did: 'commit'; readonly next: readonly NextOffset[] }
  | { readonly did: 'resolve'; readonly record: KafkaRecord };

function record(partition: number, offset: number): KafkaRecord {
  const key = Buffer.from(String(partition));
  return { topic: 'topic', partition, offset: String(offset), timestamp: '0', key, value: key, headers: {} };
}

/** A collector over a broker that only takes notes. */
class Bench {
  readonly notes: Note[] = [];
  isRunning = true;
  commit: () => Promise<void> = async () => undefined;
  readonly collector: SliceCollector;

  constructor(size: number, handle: HandleSlice = async () => undefined) {
    this.collector = new SliceCollector(async (records, membership) => {
      this.notes.push({ did: 'handle', records });
      await handle(records, membership);
    }, size);
  }

  get handled(): KafkaRecord[][] {
    return this.notes.flatMap((note) => (note.did === 'handle' ? [[...note.records]] : []));
  }

  get committed(): Map<number, number> {
    const next = this.notes.flatMap((note) => (note.did === 'commit' ? note.next : []));
    return new Map(next.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  /** Offers one partition with so many records, from an offset on. */
  offer(partition: number, count: number, from = 0): Promise<void> {
    const fetched: FetchedPartition = {
      records: Array.from({ length: count }, (_, at) => record(partition, from + at)),
      heartbeat: async () => undefined,
      resolve: (one) => this.notes.push({ did: 'resolve', record: one }),
      commit: async (next) => {
        await this.commit();
        this.notes.push({ did: 'commit', next });
      },
      isRunning: () => this.isRunning,
    };
    return this.collector.offer(fetched);
  }
}

const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 15 });
const sizes = fc.integer({ min: 1, max: 40 });

describe('SliceCollector', () => {
  test('for any partitions and any size: every record once, in the order of its partition, at most a slice at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { minLength: 1, maxLength: 3 }), sizes, async (fetches, size) => {
        const bench = new Bench(size);
        const ends = new Map<number, number>();
        for (const fetch of fetches) {
          const offers = fetch.map((count, partition) => {
            const from = ends.get(partition) ?? 0;
            ends.set(partition, from + count);
            return bench.offer(partition, count, from);
          });
          await Promise.all(offers);
        }
        expect(bench.handled.every((slice) => slice.length > 0 && slice.length <= size)).toBe(true);
        for (const [partition, end] of ends) {
          const offsets = bench.handled
            .flat()
            .flatMap((one) => (one.partition === partition ? [Number(one.offset)] : []));
          expect(offsets).toEqual(Array.from({ length: end }, (_, at) => at));
        }
        expect(bench.committed).toEqual(ends);
      }),
    );
  });

  test('for any partitions and any size: what is committed was handled, and resolved only after that', async () => {
    await fc.assert(
      fc.asyncProperty(counts, sizes, async (fetch, size) => {
        const bench = new Bench(size);
        await Promise.all(fetch.map((count, partition) => bench.offer(partition, count)));
        const handled = new Map<number, number>();
        const committed = new Map<number, number>();
        for (const note of bench.notes) {
          if (note.did === 'handle') for (const one of note.records) handled.set(one.partition, Number(one.offset));
          if (note.did === 'commit') {
            for (const { partition, offset } of note.next) {
              expect(handled.get(partition)).toBe(Number(offset) - 1);
              committed.set(partition, Number(offset));
            }
          }
          if (note.did === 'resolve') expect(committed.get(note.record.partition)).toBe(Number(note.record.offset) + 1);
        }
      }),
    );
  });

  test('a slice takes of every partition, and what one does not need goes to the others', async () => {
    const bench = new Bench(30);
    await Promise.all([bench.offer(0, 2), bench.offer(1, 100), bench.offer(2, 100)]);
    const [first] = bench.handled;
    const taken = [0, 1, 2].map((partition) => first?.filter((one) => one.partition === partition).length);
    expect(taken).toEqual([2, 14, 14]);
  });

  test('a failure is told to everyone who waits, and commits and resolves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(counts, sizes, async (fetch, size) => {
        const lost = new Error('the membership is lost');
        const bench = new Bench(size, () => Promise.reject(lost));
        const ends = await Promise.allSettled(fetch.map((count, partition) => bench.offer(partition, count)));
        expect(ends.every((end) => end.status === 'rejected' && end.reason === lost)).toBe(true);
        expect(bench.notes.filter(({ did }) => did !== 'handle')).toEqual([]);
        expect(bench.handled).toHaveLength(1);
      }),
    );
  });

  test('a commit that fails leaves the records to be fetched again', async () => {
    const bench = new Bench(10);
    bench.commit = () => Promise.reject(new Error('the coordinator is gone'));
    await expect(bench.offer(0, 5)).rejects.toThrow('the coordinator is gone');
    expect(bench.notes.map(({ did }) => did)).toEqual(['handle']);
    bench.commit = async () => undefined;
    await bench.offer(0, 5);
    expect(bench.handled.map((slice) => slice.length)).toEqual([5, 5]);
    expect(bench.committed).toEqual(new Map([[0, 5]]));
  });

  test('a stop ends after the slice that is handled, and leaves the rest', async () => {
    const bench: Bench = new Bench(10, async () => bench.collector.stop());
    await Promise.all([bench.offer(0, 25), bench.offer(1, 25)]);
    expect(bench.handled).toHaveLength(1);
    expect(bench.committed).toEqual(new Map([0, 1].map((partition) => [partition, 5])));
    await bench.offer(0, 5, 25);
    expect(bench.handled).toHaveLength(1);
  });

  test('a slice that fails while it stops is left without a word', async () => {
    const bench: Bench = new Bench(10, async (_, { isLeaving }) => {
      expect(isLeaving()).toBe(false);
      bench.collector.stop();
      expect(isLeaving()).toBe(true);
      throw new Error('an outage');
    });
    await bench.offer(0, 25);
    expect(bench.committed).toEqual(new Map());
  });

  test('a consumer that no longer runs is left alone', async () => {
    const bench = new Bench(10);
    bench.isRunning = false;
    await bench.offer(0, 5);
    expect(bench.notes).toEqual([]);
  });
});
