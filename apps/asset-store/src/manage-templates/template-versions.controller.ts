import { externalId } from '@laurel/contracts';
import {
  CurrentTenant,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  Problem,
  problemDocument,
  RawBody,
  type RawContent,
  Roles,
} from '@laurel/service-kit';
import { Controller, Get, Headers, HttpCode, Param, Post, Res, type StreamableFile } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiServiceUnavailableResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { z } from 'zod';
import { contentReply, type Reply } from '../access/content-reply.ts';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { CheckTemplate } from '../check-template/check-template.ts';
import { TemplateRepository } from '../templates/template.repository.ts';
import { templateView, type TemplateVersion } from '../templates/template-view.ts';
import { PublishTemplate } from './publish-template.ts';

// Above what a design may have with the fonts that it was downloaded with, so that one that is a little too large is told so among its findings.
const maxBytes = 5 * 1024 * 1024;
const refused = problemDocument
  .extend({
    errors: z.array(
      z.looseObject({
        ...{ line: z.int(), column: z.int(), level: z.enum(['error', 'advice']) },
        ...{ code: z.string(), detail: z.string(), advice: z.string() },
      }),
    ),
  })
  .meta({ id: 'TemplateRefused' });

/** The versions of a design: draft, then published; the content of neither ever changes. */
@Controller('v1/templates/:templateId/versions')
@Roles(...readers)
export class TemplateVersionsController {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly objects: AssetObjects,
    private readonly idempotency: Idempotency,
    private readonly checkTemplate: CheckTemplate,
    private readonly publishTemplate: PublishTemplate,
  ) {}

  @Post()
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Upload an SVG or HTML as a draft, the next version of a template' })
  @ApiCreatedResponse({ description: 'The draft', standardSchema: templateView.version })
  @ApiUnprocessableEntityResponse({ description: 'Everything that is wrong with the design', standardSchema: refused })
  @ApiServiceUnavailableResponse({
    description: 'The design cannot be checked for now',
    standardSchema: problemDocument,
  })
  async upload(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Idempotent() request: IdempotentRequest,
    @RawBody({ mediaTypes: ['image/svg+xml', 'text/html'], maxBytes }) design: RawContent,
  ): Promise<TemplateVersion> {
    const template = await this.templates.find(tenantId, id);
    if (!template) throw notFound('template', '/v1/templates');
    if (template.builtIn) {
      throw new Problem(409, {
        code: 'template-built-in',
        detail:
          'This template is built in, and Laurel brings its versions; make a template of your own by POST /v1/templates.',
      });
    }
    const mediaType = design.mediaType as TemplateVersion['mediaType'];
    const { content, ...checked } = await this.checkTemplate.run(tenantId, mediaType, design.bytes);
    const sha256 = this.objects.hash(content);
    await this.objects.keep([{ tenantId, mediaType, sha256, bytes: content }]);
    const draft = { mediaType, sha256, bytes: content.length, ...checked };
    const made = await this.idempotency.once(request, async (transaction) =>
      String(await this.templates.addDraft(transaction, tenantId, id, draft)),
    );
    return this.find(tenantId, id, Number(made.id));
  }

  @Post(':version/publish')
  @HttpCode(200)
  @Roles('creator', 'admin')
  @ApiOperation({
    summary: 'Publish a draft, for ever, with its samples; one that is published already stays as it is',
  })
  @ApiOkResponse({ description: 'The published version', standardSchema: templateView.version })
  @ApiUnprocessableEntityResponse({
    description: 'The design cannot print an ordinary sample',
    standardSchema: problemDocument,
  })
  @ApiServiceUnavailableResponse({
    description: 'Its samples cannot be rendered for now',
    standardSchema: problemDocument,
  })
  async publish(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
  ): Promise<TemplateVersion> {
    await this.publishTemplate.run(tenantId, id, version);
    return this.find(tenantId, id, version);
  }

  @Get(':version/source')
  @ApiOperation({ summary: "Read the SVG or HTML of a version, with the tenant's fonts in it" })
  @ApiProduces('image/svg+xml', 'text/html')
  @ApiOkResponse({ description: 'The design', schema: { type: 'string', format: 'binary' } })
  async source(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile | undefined> {
    const found = await this.find(tenantId, id, version);
    return contentReply({ ...found, read: () => this.objects.read({ tenantId, ...found }) }, ifNoneMatch, reply);
  }

  private async find(tenantId: string, id: string, version: number): Promise<TemplateVersion> {
    const found = await this.templates.findVersion(tenantId, id, version);
    if (!found) throw notFound('template version', '/v1/templates/{id}');
    return found;
  }
}
