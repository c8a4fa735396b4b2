import { certificateStates } from '@laurel/certificates';
import { externalId, printable } from '@laurel/contracts';
import {
  CurrentTenant,
  defineCursor,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
  SETTINGS,
} from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';
import { certificateWithHistory, type CertificateWithHistory } from './certificate-with-history.ts';

const cursor = defineCursor('certificates', z.object({ id: z.uuid() }));
const searchQuery = pageQuery(cursor).extend({
  learnerId: externalId.optional(),
  batchId: externalId.optional(),
  number: printable(64).optional(),
  state: z.enum(certificateStates).optional(),
});

/** Finds the certificates of a tenant. */
@ApiTags('certificates')
@Controller('v1/certificates')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class FindCertificatesController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly certificates: CertificateRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Search certificates by learner, batch, number and state, the newest first' })
  @ApiResponse({ status: 200, description: 'A page of certificates', standardSchema: pageSchema(certificateView) })
  async search(
    @CurrentTenant() tenantId: string,
    @Query({ schema: searchQuery }) { limit, cursor: after, ...search }: z.output<typeof searchQuery>,
  ): Promise<Page<CertificateView>> {
    const rows = await this.certificates.search(tenantId, search, after?.id, limit + 1);
    const views = rows.map((row) => showCertificate(row, this.settings.PUBLIC_URL));
    return page(views, limit, cursor, ({ id }) => ({ id }));
  }

  @Get(':certificateId')
  @ApiOperation({ summary: 'Read one certificate with its history' })
  @ApiResponse({ status: 200, description: 'The certificate', standardSchema: certificateWithHistory })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('certificateId', { schema: z.uuid() }) id: string,
  ): Promise<CertificateWithHistory> {
    const row = await this.certificates.find(tenantId, id);
    if (!row) throw new Problem(404, { code: 'not-found', detail: 'The tenant has no certificate with this id.' });
    const history = await this.certificates.historyOf(row.id);
    return {
      ...showCertificate(row, this.settings.PUBLIC_URL),
      history: history.map(({ version, state, actor, reason, at }) => ({
        version,
        state,
        actor,
        ...(reason === null ? {} : { reason }),
        at: at.toISOString(),
      })),
    };
  }
}
