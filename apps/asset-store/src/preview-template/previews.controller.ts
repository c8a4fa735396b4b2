import { externalId } from '@laurel/contracts';
import { CurrentTenant, problemDocument, RawBody, type RawContent, Roles } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiServiceUnavailableResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { z } from 'zod';
import type { Reply } from '../access/content-reply.ts';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { designText } from '../check-template/design-text.ts';
import { type Design, Generator, type PreviewOf } from '../check-template/generator.ts';
import { designFaces } from '../embed-fonts/design-faces.ts';
import { EmbedFonts } from '../embed-fonts/embed-fonts.ts';
import { TemplateRepository } from '../templates/template.repository.ts';

const mediaTypes = { pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml' } as const;
const format = z.enum(['pdf', 'png', 'svg']).default('pdf').meta({ description: '`svg` of SVG templates only' });
const sample = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of a sample, such as `long` or `arabic`')
  .default('ordinary')
  .meta({
    description: 'Whose values fill the slots that have none: `short`, `long`, `arabic`; see the samples of a version',
  });
const texts = (most: number) =>
  z
    .record(z.string().max(100), z.string().max(2_000))
    .refine((values) => Object.keys(values).length <= most, `must have at most ${most} members`);
const body = z
  .strictObject({
    values: texts(200).default({}).meta({
      description: 'What stands in the slots, by their names; a slot without a value shows that of the sample',
    }),
    lists: z
      .record(z.string().max(100), z.array(texts(50)).max(200))
      .optional()
      .meta({ description: 'The rows of repeated parts, by the names of their lists' }),
    sample,
    format,
  })
  .meta({ id: 'TemplatePreview' });
const query = z.strictObject({ sample, format });
const maxBytes = 5 * 1024 * 1024;
const file = { description: 'The file', schema: { type: 'string', format: 'binary' } } as const;
const refused = { description: 'The design or a value cannot be rendered, and why', standardSchema: problemDocument };
const away = { description: 'The generator is away or busy', standardSchema: problemDocument };

/** One certificate to look at, of sample values or given ones. Nothing is issued and nothing is kept. */
@Controller('v1/templates')
@Roles(...readers)
export class PreviewsController {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly objects: AssetObjects,
    private readonly embedFonts: EmbedFonts,
    private readonly generator: Generator,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Render one certificate of an SVG or HTML that is not uploaded, to look at' })
  @ApiProduces(...Object.values(mediaTypes))
  @ApiOkResponse(file)
  @ApiUnprocessableEntityResponse(refused)
  @ApiServiceUnavailableResponse(away)
  async ofFile(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) wanted: z.output<typeof query>,
    @RawBody({ mediaTypes: ['image/svg+xml', 'text/html'], maxBytes }) { mediaType, bytes }: RawContent,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const design = { mediaType, source: designFaces.without(designText(bytes)) };
    const { source } = await this.embedFonts.run(tenantId, design);
    return this.render(tenantId, { mediaType, source }, { ...wanted, values: {} }, reply);
  }

  @Post(':templateId/versions/:version/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Render one certificate of a version, draft or published, to look at' })
  @ApiProduces(...Object.values(mediaTypes))
  @ApiOkResponse(file)
  @ApiUnprocessableEntityResponse(refused)
  @ApiServiceUnavailableResponse(away)
  async ofVersion(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Body({ schema: body }) { lists, ...wanted }: z.output<typeof body>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const found = await this.templates.findVersion(tenantId, id, version);
    if (!found) throw notFound('template version', '/v1/templates/{id}');
    const source = (await this.objects.read({ tenantId, ...found })).toString('utf8');
    const preview = { ...wanted, ...(lists ? { lists } : {}) };
    return this.render(tenantId, { mediaType: found.mediaType, source }, preview, reply);
  }

  private async render(tenantId: string, design: Design, preview: PreviewOf, reply: Reply): Promise<StreamableFile> {
    const bytes = await this.generator.preview(tenantId, design, preview);
    reply.header('cache-control', 'no-store');
    // An SVG may hold whatever its maker wrote: see contentReply.
    reply.header('x-content-type-options', 'nosniff');
    reply.header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    return new StreamableFile(bytes, { type: mediaTypes[preview.format], length: bytes.length });
  }
}
