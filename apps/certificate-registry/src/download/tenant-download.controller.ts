import { CurrentTenant, Problem, Roles } from '@laurel/service-kit';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fileName } from './file-name.ts';
import { StoredCertificates } from './stored-certificates.ts';
import { type DocumentRow, TenantDocumentRepository } from './tenant-document.repository.ts';

/** The documents of a tenant's own certificates: also where it shows none of them to the world. */
@ApiTags('certificates')
@Controller('v1/certificates/:certificateId')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class TenantDownloadController {
  constructor(
    private readonly documents: TenantDocumentRepository,
    private readonly stored: StoredCertificates,
  ) {}

  @Get('document')
  @ApiOperation({ summary: 'The PDF of a certificate, byte for byte as it was issued' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The PDF' })
  async document(
    @CurrentTenant() tenantId: string,
    @Param('certificateId', { schema: z.uuid() }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(tenantId, id);
    const bytes = await this.stored.pdf(row);
    return reply.headers({ 'content-type': 'application/pdf', ...fileName(row.number, 'pdf') }).send(bytes);
  }

  @Get('credential')
  @ApiOperation({ summary: 'The signed credential of a certificate (VC-JWT)' })
  @ApiProduces('application/vc+jwt')
  @ApiOkResponse({ description: 'The token' })
  async credential(
    @CurrentTenant() tenantId: string,
    @Param('certificateId', { schema: z.uuid() }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(tenantId, id);
    const bytes = this.stored.credential(row);
    return reply.headers({ 'content-type': 'application/vc+jwt', ...fileName(row.number, 'jwt') }).send(bytes);
  }

  private async find(tenantId: string, id: string): Promise<DocumentRow> {
    const row = await this.documents.find(tenantId, id);
    if (row) return row;
    throw new Problem(404, {
      code: 'not-found',
      detail: 'The tenant has no certificate with this id that was issued; GET /v1/certificates/:id tells its state.',
    });
  }
}
