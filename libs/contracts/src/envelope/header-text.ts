import type { HeaderValue } from './kafka-record.ts';

/** A header as text; of several with one name the last, as Kafka's own clients take it. */
export function headerText(value: HeaderValue): string | undefined {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined || last === null ? undefined : last.toString('utf8');
}
