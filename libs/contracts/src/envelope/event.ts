import type { Contract } from '../catalogue/contract.ts';

/**
 * One event as handlers get it: the CloudEvents 1.0 attributes that Laurel uses, and the data. An event is
 * (tenantId, source, id): that is how it is deduplicated.
 */
export interface Event<Type extends string = string, Data = unknown> {
  /** `ce_id`; of a plain record, its partition and offset. */
  readonly id: string;
  /** `ce_source`; of a plain record, `kafka:<topic>`. */
  readonly source: string;
  /** `ce_type`: the fact with its version. */
  readonly type: Type;
  /** `ce_time`; of a plain record, its timestamp. */
  readonly time: Date;
  readonly tenantId: string;
  /** The same from the first event of a chain to its last. */
  readonly correlationId: string;
  /** The id of the event that led to this one. */
  readonly causationId?: string;
  /** W3C Trace Context, level 1. */
  readonly traceparent?: string;
  /** The version of the row that this fact is about; a projection applies it only over a lower one. */
  readonly sequence?: number;
  readonly data: Data;
}

/** The event that a contract describes. */
export type EventOf<C> = C extends Contract<infer Type, string, infer Data> ? Event<Type, Data> : never;
