import { createRequire } from 'node:module';

interface RequestQueue {
  pending: unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

let mended = false;

/**
 * kafkajs 2.2.4 re-arms a timer with a negative delay on every connection, which Node makes 1 ms: a thousand wake-ups a
 * second for a queue that is empty (and the `TimeoutNegativeWarning`). The timer is needed only while requests wait.
 */
export function mendKafkajsTimer(): void {
  if (mended) return;
  mended = true;
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
