/**
 * Consumers never give up: one whose retries are used up comes back as a new member and waits for its own ghost to
 * time out; one that goes on trying keeps its member id and is back within a second.
 */
const consumerClient = {
  connectionTimeout: 1_000,
  requestTimeout: 5_000,
  retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1_000_000 },
} as const;

/** Producers and admins give up in seconds: their callers know better what to do next. */
const producerClient = {
  connectionTimeout: 1_000,
  requestTimeout: 3_000,
  retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 2 },
} as const;

/** Milliseconds and bytes of every consumer. A handler's transaction ends before the session does (persistence). */
const consumer = {
  sessionTimeout: 10_000,
  heartbeatInterval: 1_000,
  rebalanceTimeout: 20_000,
  maxWaitTimeInMs: 500,
  metadataMaxAge: 30_000,
  // Twelve partitions at the default of 1 MB would fill a small container with records that wait.
  maxBytesPerPartition: 262_144,
} as const;

/** What was measured to come back within a second after an outage (docs/messaging.md). */
export const kafkajsSettings = { consumerClient, producerClient, consumer };
