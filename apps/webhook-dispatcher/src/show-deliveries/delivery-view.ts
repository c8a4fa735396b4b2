import type { z } from 'zod';
import type { AttemptRow } from '../send-deliveries/attempt.repository.ts';
import type { deliverySchemas } from './delivery-schemas.ts';
import type { DeliveryRow } from './read-deliveries.ts';

/** How the routes show deliveries and attempts. */
export const deliveryView = {
  delivery(row: DeliveryRow): z.output<typeof deliverySchemas.delivery> {
    return {
      id: row.id,
      endpointId: row.endpoint_id,
      webhookId: `msg_${row.event_id}`,
      eventId: row.event_id,
      type: row.event_type,
      replay: row.replay_no,
      state: row.state,
      attempts: row.attempts,
      ...(row.next_at === null ? {} : { nextAttemptAt: row.next_at.toISOString() }),
      ...(row.last_status === null ? {} : { lastStatus: row.last_status }),
      ...(row.last_error === null ? {} : { lastError: row.last_error }),
      createdAt: row.created_at.toISOString(),
      ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
    };
  },

  attempt(row: AttemptRow): z.output<typeof deliverySchemas.attempt> {
    const headers = row.response_headers;
    return {
      n: row.n,
      startedAt: row.started_at.toISOString(),
      milliseconds: row.milliseconds,
      ...(row.status === null ? {} : { status: row.status }),
      ...(row.error_kind === null ? {} : { errorKind: row.error_kind }),
      ...(row.error === null ? {} : { error: row.error }),
      ...(headers === null ? {} : { response: { headers, body: (row.response_body ?? Buffer.of()).toString('utf8') } }),
    };
  },
};
