import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface DeliveryCounts {
  readonly pending: number;
  readonly delivered: number;
  readonly failed: number;
}

const columns = `
  count(*) FILTER (WHERE delivery.state = 'pending')::int AS pending,
  count(*) FILTER (WHERE delivery.state = 'delivered')::int AS delivered,
  count(*) FILTER (WHERE delivery.state = 'failed')::int AS failed`;

/** How deliveries stand. Each count reads the index over (endpoint, state), not the rows. */
@Injectable()
export class CountDeliveries {
  constructor(private readonly dataSource: DataSource) {}

  async ofEndpoint(endpointId: string): Promise<DeliveryCounts> {
    const [counts] = await this.dataSource.query<[DeliveryCounts]>(
      `SELECT ${columns} FROM delivery WHERE endpoint_id = $1`,
      [endpointId],
    );
    return counts;
  }

  /** Of a tenant, its deleted endpoints too, and how many endpoints it has. */
  async ofTenant(tenantId: string): Promise<DeliveryCounts & { endpoints: number }> {
    const [counts] = await this.dataSource.query<[DeliveryCounts & { endpoints: number }]>(
      `SELECT (SELECT count(*)::int FROM endpoint WHERE tenant_id = $1 AND state <> 'deleted') AS endpoints, ${columns}
       FROM endpoint JOIN delivery ON delivery.endpoint_id = endpoint.id WHERE endpoint.tenant_id = $1`,
      [tenantId],
    );
    return counts;
  }
}
