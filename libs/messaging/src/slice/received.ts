import type { Event, KafkaRecord } from '@laurel/contracts';

/** A record of a slice with what the parser made of it. A redriven one stands where it first stood. */
export interface Received {
  readonly record: KafkaRecord;
  /** 0 as it first came, then the number of its redrives. */
  readonly redrive: number;
  readonly event: Event;
}

/** A record that goes to the dead letters, and why. */
export interface Doomed {
  readonly record: KafkaRecord;
  readonly redrive: number;
  /** What the parser made of it; none if it could not be read. */
  readonly event?: Event;
  readonly tenantId: string | undefined;
  readonly errorClass: 'permanent' | 'bug';
  readonly reason: string;
  readonly attempts: number;
}
