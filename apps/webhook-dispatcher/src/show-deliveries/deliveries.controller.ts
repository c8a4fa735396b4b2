import { externalId } from '@laurel/contracts';
import { CurrentTenant, defineCursor, page, pageQuery, Roles } from '@laurel/service-kit';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { ManageEndpoints } from '../manage-endpoints/manage-endpoints.ts';
import { AttemptRepository } from '../send-deliveries/attempt.repository.ts';
import { deliverySchemas } from './delivery-schemas.ts';
import { deliveryUnknown } from './delivery-unknown.ts';
import { deliveryView } from './delivery-view.ts';
import { ReadDeliveries } from './read-deliveries.ts';

const cursor = defineCursor('deliveries', z.object({ id: z.uuid() }));
const query = pageQuery(cursor).extend({ state: deliverySchemas.delivery.shape.state.optional() });

/** What was sent, and what came back. */
@Controller('v1')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class DeliveriesController {
  constructor(
    private readonly endpoints: ManageEndpoints,
    private readonly deliveries: ReadDeliveries,
    private readonly attempts: AttemptRepository,
  ) {}

  @Get('endpoints/:id/deliveries')
  @ApiOperation({ summary: 'List the deliveries of an endpoint, the newest first' })
  @ApiOkResponse({ standardSchema: deliverySchemas.list })
  async list(
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: externalId }) id: string,
    @Query({ schema: query }) { limit, cursor: after, state }: z.output<typeof query>,
  ) {
    const endpoint = await this.endpoints.read(tenantId, id);
    const rows = await this.deliveries.list(endpoint.id, state, after?.id, limit + 1);
    const { items, ...rest } = page(rows, limit, cursor, (row) => ({ id: row.id }));
    return { items: items.map((row) => deliveryView.delivery(row)), ...rest };
  }

  @Get('deliveries/:id')
  @ApiOperation({ summary: 'Read a delivery with the log of its attempts' })
  @ApiOkResponse({ standardSchema: deliverySchemas.shown })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: deliverySchemas.delivery.shape.id }) id: string,
  ) {
    const row = await this.deliveries.find(tenantId, id);
    if (!row) throw deliveryUnknown();
    const log = (await this.attempts.of(id)).map((attempt) => deliveryView.attempt(attempt));
    return { ...deliveryView.delivery(row), log };
  }
}
