import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeliveryState } from '../deliveries/delivery.repository.ts';

/** A delivery as it is shown. */
export interface DeliveryRow {
  readonly id: string;
  readonly endpoint_uuid: string;
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly replay_no: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly next_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

const select = `
  SELECT delivery.id, delivery.endpoint_id AS endpoint_uuid, endpoint.external_id AS endpoint_id, event_id, event_type,
    replay_no, delivery.state, attempts, next_at, last_status, last_error, delivery.created_at, finished_at
  FROM delivery JOIN endpoint ON endpoint.id = delivery.endpoint_id`;

/** Reads deliveries for their owners. */
@Injectable()
export class ReadDeliveries {
  constructor(private readonly dataSource: DataSource) {}

  /** Those of an endpoint, the newest first, beginning below one. */
  async list(
    endpointUuid: string,
    state: DeliveryState | undefined,
    below: string | undefined,
    most: number,
  ): Promise<DeliveryRow[]> {
    return this.dataSource.query(
      `${select} WHERE delivery.endpoint_id = $1 AND ($2::text IS NULL OR delivery.state = $2)
         AND ($3::uuid IS NULL OR delivery.id < $3)
       ORDER BY delivery.id DESC LIMIT $4`,
      [endpointUuid, state ?? null, below ?? null, most],
    );
  }

  async find(tenantId: string, id: string): Promise<DeliveryRow | undefined> {
    const [row] = await this.dataSource.query<DeliveryRow[]>(
      `${select} WHERE delivery.id = $1 AND delivery.tenant_id = $2`,
      [id, tenantId],
    );
    return row;
  }
}
