import { certificateStates } from '@laurel/certificates';
import { externalId, instant, printable } from '@laurel/contracts';
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
  validationProblem,
} from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { searchOrder } from '../certificates/search-order.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';
import { certificateWithHistory, type CertificateWithHistory } from './certificate-with-history.ts';

const moment = instant.transform((text) => new Date(text));
const cursor = defineCursor(
  'certificates',
  z.object({ by: z.enum(['allocated_at', 'state_changed_at']), at: z.iso.datetime(), id: z.uuid() }),
);
const searchQuery = pageQuery(cursor).extend({
  learnerId: externalId.optional(),
  batchId: externalId.optional(),
  awardId: externalId.optional(),
  number: printable(64).optional(),
  publicId: printable(64).optional(),
  requestId: z.uuid().optional(),
  state: z.enum(certificateStates).optional(),
  issuedFrom: moment.optional().meta({ description: 'Issued at this instant or later' }),
  issuedBefore: moment.optional().meta({ description: 'Issued before this instant' }),
  changedFrom: moment.optional().meta({ description: 'In its present state since this instant or later' }),
  changedBefore: moment.optional().meta({ description: 'In its present state since before this instant' }),
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
  @ApiOperation({
    summary: 'Search certificates by any combination of what is asked, the newest first',
    description:
      'A search by changedFrom or changedBefore has the last change first; with an issuedBefore between the two, the last ' +
      'issue.',
  })
  @ApiResponse({ status: 200, description: 'A page of certificates', standardSchema: pageSchema(certificateView) })
  async search(
    @CurrentTenant() tenantId: string,
    @Query({ schema: searchQuery }) { limit, cursor: after, ...search }: z.output<typeof searchQuery>,
  ): Promise<Page<CertificateView>> {
    const by = searchOrder(search);
    if (after && after.by !== by) throw validationProblem([cursorOfAnother]);
    const rows = await this.certificates.search(tenantId, search, after, limit + 1);
    const { items, ...next } = page(rows, limit, cursor, ({ sort_at: at, id }) => ({ by, at, id }));
    return { items: items.map((row) => showCertificate(row, this.settings.PUBLIC_URL)), ...next };
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
      history: history.map(({ version, state, actor, reason, at, suspended_until: until }) => ({
        version,
        state,
        actor,
        ...(reason === null ? {} : { reason }),
        at: at.toISOString(),
        ...(until === null ? {} : { suspendedUntil: until.toISOString() }),
      })),
    };
  }
}

const cursorOfAnother = {
  ...{ in: 'query' as const, pointer: '/cursor', code: 'custom' },
  detail: 'is the cursor of another search: send it with the same parameters, or none to begin anew',
};
