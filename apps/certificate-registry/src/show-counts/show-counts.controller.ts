import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CertificateRepository } from '../certificates/certificate.repository.ts';

const counts = z
  .object({
    issued: z.int().meta({ description: 'Those that hold now, suspended ones among them' }),
    revoked: z.int(),
    superseded: z.int(),
    failed: z.int().meta({ description: 'Those that could not be made, withdrawn ones among them' }),
  })
  .meta({ id: 'CertificateCounts' });

/** How far this service has come, for the line that `npm start` shows. */
@ApiTags('counts')
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly certificates: CertificateRepository) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: 'How many certificates the tenant has, by what became of them' })
  @ApiResponse({ status: 200, description: 'The numbers', standardSchema: counts })
  async show(@CurrentTenant() tenantId: string): Promise<z.output<typeof counts>> {
    const {
      issued = 0,
      suspended = 0,
      revoked = 0,
      superseded = 0,
      failed = 0,
      withdrawn = 0,
    } = await this.certificates.countByState(tenantId);
    return { issued: issued + suspended, revoked, superseded, failed: failed + withdrawn };
  }
}
