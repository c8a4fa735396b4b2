import type { Event } from '@laurel/contracts';
import type { Slice } from '@laurel/messaging';

/** An event that says at which version of its row it was true. */
export type Sequenced<E extends Event> = E & { readonly sequence: number };

/** Of states of things, the newest of each thing. One without a sequence cannot be put in order, and is refused. */
export function newestOf<E extends Event>(
  events: readonly E[],
  slice: Pick<Slice, 'reject'>,
  idOf: (event: E) => string,
): Sequenced<E>[] {
  const newest = new Map<string, Sequenced<E>>();
  for (const event of events) {
    const { sequence } = event;
    if (sequence === undefined) {
      slice.reject(event, 'permanent', 'the attribute sequence is missing: the version of the row');
      continue;
    }
    const key = `${event.tenantId}\u001f${idOf(event)}`;
    const other = newest.get(key);
    if (!other || other.sequence < sequence) newest.set(key, { ...event, sequence });
  }
  return [...newest.values()];
}
