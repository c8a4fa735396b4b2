import { Counter, Gauge, Histogram } from 'prom-client';

/** What messaging counts, on prom-client's default registry. Labels are names of the contracts, never ids. */
export const metrics = {
  handled: new Counter({
    name: 'laurel_records_total',
    help: 'Records by what became of them: handled, repeated, unknown-type, tombstone, dead-lettered',
    labelNames: ['group', 'outcome'],
  }),
  deadLettered: new Counter({
    name: 'laurel_dead_letters_total',
    help: 'Records that were buried, by the class of the error',
    labelNames: ['group', 'error_class'],
  }),
  slice: new Histogram({
    name: 'laurel_slice_seconds',
    help: 'Time from taking a slice to its committed offsets',
    labelNames: ['group'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  }),
  waiting: new Gauge({
    name: 'laurel_consumer_waiting',
    help: '1 while a consumer waits for something that is named in the health page',
    labelNames: ['group'],
  }),
  relayed: new Counter({ name: 'laurel_outbox_sent_total', help: 'Outbox rows that the broker took' }),
  outboxRejected: new Counter({
    name: 'laurel_outbox_rejected_total',
    help: 'Outbox rows that the broker refuses for good; each needs a person',
  }),
  outboxAge: new Gauge({ name: 'laurel_outbox_oldest_seconds', help: 'Age of the oldest row that waits to be sent' }),
};
