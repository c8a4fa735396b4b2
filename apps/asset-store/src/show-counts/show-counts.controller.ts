import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readers } from '../access/readers.ts';

const answer = z.object({ templates: z.int(), credentialTypes: z.int(), images: z.int() }).meta({ id: 'AssetCounts' });

/** How much a tenant has here. */
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Roles(...readers)
  @ApiOperation({ summary: 'Count templates, credential types and images' })
  @ApiOkResponse({ description: 'The counts', standardSchema: answer })
  async show(@CurrentTenant() tenantId: string): Promise<z.output<typeof answer>> {
    const [row] = await this.dataSource.query<[z.output<typeof answer>]>(
      `SELECT (SELECT count(*)::int FROM template WHERE tenant_id = $1) AS templates,
         (SELECT count(*)::int FROM credential_type WHERE tenant_id = $1) AS "credentialTypes",
         (SELECT count(*)::int FROM image WHERE tenant_id = $1) AS images`,
      [tenantId],
    );
    return row;
  }
}
