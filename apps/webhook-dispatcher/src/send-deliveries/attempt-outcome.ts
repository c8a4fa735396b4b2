import type { OutboundError, OutboundResponse } from '@laurel/outbound-http';
import type { HeadDelivery } from '../deliveries/delivery.repository.ts';
import type { Lease } from '../lanes/lane.repository.ts';

/** One HTTP try that is over, with its answer or with what it died of. */
export interface AttemptOutcome {
  readonly lease: Lease;
  readonly delivery: HeadDelivery;
  readonly startedAt: Date;
  readonly milliseconds: number;
  readonly response?: OutboundResponse;
  readonly error?: OutboundError;
}
