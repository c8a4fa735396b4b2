import { externalId } from '@laurel/contracts';
import {
  CurrentTenant,
  defineCursor,
  Idempotent,
  type IdempotentRequest,
  page,
  pageQuery,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { CountDeliveries } from '../show-counts/count-deliveries.ts';
import { EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { endpointAnswers } from './endpoint-answers.ts';
import { endpointSchemas } from './endpoint-schemas.ts';
import { endpointView } from './endpoint-view.ts';
import { ManageEndpoints } from './manage-endpoints.ts';

const cursor = defineCursor('endpoints', z.object({ id: z.uuid() }));
const query = pageQuery(cursor);

/** Subscribers of a tenant. */
@Controller('v1/endpoints')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class EndpointsController {
  constructor(
    private readonly manage: ManageEndpoints,
    private readonly endpoints: EndpointRepository,
    private readonly counts: CountDeliveries,
  ) {}

  @Post()
  @Roles('admin')
  @ApiOperation({ summary: 'Subscribe a URL to events; the answer shows its secret, once' })
  @ApiCreatedResponse({ standardSchema: endpointAnswers.made })
  async create(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @Body({ schema: endpointSchemas.create }) body: z.output<typeof endpointSchemas.create>,
  ) {
    const { endpoint, secret, repeated } = await this.manage.create(request, tenantId, body);
    return {
      ...endpointView(endpoint),
      ...(secret === undefined ? {} : { secret }),
      ...(repeated ? { repeated } : {}),
    };
  }

  @Get()
  @ApiOperation({ summary: 'List the endpoints, the oldest first' })
  @ApiOkResponse({ standardSchema: endpointAnswers.list })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ) {
    const rows = await this.endpoints.list(tenantId, after?.id, limit + 1);
    const { items, ...rest } = page(rows, limit, cursor, ({ id }) => ({ id }));
    return { items: items.map(endpointView), ...rest };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an endpoint and how its deliveries stand' })
  @ApiOkResponse({ standardSchema: endpointAnswers.shown })
  async read(@CurrentTenant() tenantId: string, @Param('id', { schema: externalId }) id: string) {
    const endpoint = await this.manage.read(tenantId, id);
    return { ...endpointView(endpoint), deliveries: await this.counts.ofEndpoint(endpoint.id) };
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOperation({ summary: 'Change URL, types or description; pause an endpoint or let it go on' })
  @ApiOkResponse({ standardSchema: endpointAnswers.changed })
  async change(
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: externalId }) id: string,
    @Body({ schema: endpointSchemas.change }) body: z.output<typeof endpointSchemas.change>,
  ) {
    return endpointView(await this.manage.change(tenantId, id, body));
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an endpoint; what still waits for it is cancelled' })
  @ApiNoContentResponse()
  async delete(@CurrentTenant() tenantId: string, @Param('id', { schema: externalId }) id: string): Promise<void> {
    await this.manage.delete(tenantId, id);
  }

  @Post(':id/rotate-secret')
  @Roles('admin')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret; for 24 hours everything is signed with the old one too' })
  @ApiOkResponse({ standardSchema: endpointAnswers.rotated })
  async rotateSecret(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: externalId }) id: string,
  ) {
    const { secret, repeated } = await this.manage.rotateSecret(request, tenantId, id);
    return { ...(secret === undefined ? {} : { secret }), ...(repeated ? { repeated } : {}) };
  }
}
