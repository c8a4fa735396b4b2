/**
 * The bytes of a webhook: `{type, timestamp, data}` (Standard Webhooks 1.0, "Payload structure"). They are made once, stored, and
 * sent as they are, because the signature is over them. A foreign LMS's `learner` (name, e-mail) is not passed on: it is a
 * hint to `lms`, not a fact.
 */
export function eventBody(type: string, time: Date, data: object): Buffer {
  const { learner: _, ...rest } = data as { learner?: unknown };
  return Buffer.from(JSON.stringify({ type, timestamp: time.toISOString(), data: rest }));
}
