import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { CountDeliveries } from './count-deliveries.ts';

const counts = z.object({ endpoints: z.int(), pending: z.int(), delivered: z.int(), failed: z.int() });

/** How far this service has come for a tenant. */
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly deliveries: CountDeliveries) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: 'Count endpoints and deliveries' })
  @ApiOkResponse({ standardSchema: counts })
  async show(@CurrentTenant() tenantId: string) {
    return this.deliveries.ofTenant(tenantId);
  }
}
