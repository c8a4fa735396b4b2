import { tenantId } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { CurrentTenant, Problem, Roles } from '@laurel/service-kit';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { readers } from '../access/readers.ts';
import { tenantSchema, type TenantProfile } from '../tenants/tenant-schema.ts';
import { type Tenant, TenantRepository } from '../tenants/tenant.repository.ts';

const answer = z.object({ id: tenantId, ...tenantSchema.shape, version: z.int() }).meta({ id: 'Tenant' });

/** Organisations: made and changed by whoever runs the platform, or by their own administrators. */
@Controller('v1/tenants')
export class TenantsController {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  @Put(':tenantId')
  @Roles('operator', 'admin')
  @ApiOperation({ summary: 'Make a tenant, or change it' })
  @ApiOkResponse({ description: 'The tenant as it is now', standardSchema: answer })
  async put(
    @Param('tenantId', { schema: tenantId }) _named: string,
    @CurrentTenant() tenant: string,
    @Body({ schema: tenantSchema }) profile: TenantProfile,
  ): Promise<Tenant> {
    await this.unitOfWork.run(async (transaction) => {
      const changed = await this.tenants.put(transaction, tenant, profile);
      if (!changed) return;
      const { version, ...data } = changed;
      await this.outbox.add(transaction, 'tenant.updated', [{ tenantId: tenant, data, sequence: version }]);
    });
    return this.read(tenant, tenant);
  }

  @Get(':tenantId')
  @Roles(...readers)
  @ApiOperation({ summary: 'Read a tenant' })
  @ApiOkResponse({ description: 'The tenant', standardSchema: answer })
  async read(
    @Param('tenantId', { schema: tenantId }) _named: string,
    @CurrentTenant() tenant: string,
  ): Promise<Tenant> {
    const found = await this.tenants.find(tenant);
    if (found) return found;
    throw new Problem(404, {
      code: 'tenant-not-found',
      detail: `This tenant is not known yet; make it by PUT /v1/tenants/${tenant}.`,
    });
  }
}
