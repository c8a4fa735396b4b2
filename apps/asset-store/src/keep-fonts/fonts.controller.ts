import { externalId, plainText } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import {
  CurrentTenant,
  defineCursor,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  RawBody,
  type RawContent,
  Roles,
} from '@laurel/service-kit';
import { Controller, Get, Headers, Param, Put, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { contentReply, type Reply } from '../access/content-reply.ts';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { fontFamily } from '../fonts/font-family.ts';
import { FontRefused } from '../fonts/font-refused.ts';
import { type Font, fontView, type WholeFont } from '../fonts/font-view.ts';
import { FontRepository } from '../fonts/font.repository.ts';
import { type FontHeader, readFont } from '../fonts/read-font.ts';

const mediaType = 'font/ttf';
// What browsers and tools call a font; what it is, its first bytes tell.
const mediaTypes = [
  'font/ttf',
  'font/sfnt',
  'font/otf',
  'font/woff',
  'font/woff2',
  'application/octet-stream',
] as const;
// A design goes through the services with its fonts inside, as base64, and may have 4 MB with them.
const maxBytes = 2 * 1024 * 1024;
const about = z.strictObject({
  family: fontFamily,
  licence: plainText(1_000).meta({
    description: 'By what right it may stand in certificates: the licence and where it is kept',
    example: 'SIL Open Font License 1.1',
  }),
});
const cursor = defineCursor('fonts', z.object({ id: z.string() }));
const query = pageQuery(cursor);

/** The fonts of a tenant, one file for each weight and style of a family. A version of one never changes. */
@Controller('v1/fonts')
@Roles(...readers)
export class FontsController {
  constructor(
    private readonly fonts: FontRepository,
    private readonly objects: AssetObjects,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Put(':fontId')
  @Roles('creator', 'admin')
  @ApiOperation({
    summary:
      'Keep a static TrueType file as the newest version of a font; designs that are uploaded from now on and name its family hold it',
  })
  @ApiOkResponse({ description: 'The font was the same already', standardSchema: fontView.font })
  @ApiCreatedResponse({ description: 'A new version', standardSchema: fontView.font })
  async keep(
    @CurrentTenant() tenantId: string,
    @Param('fontId', { schema: externalId }) id: string,
    @Query({ schema: about }) { family, licence }: z.output<typeof about>,
    @RawBody({ mediaTypes, maxBytes }) { bytes }: RawContent,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Font> {
    const header = headerOf(bytes);
    const sha256 = this.objects.hash(bytes);
    await this.objects.keep([{ tenantId, sha256, mediaType, bytes }]);
    const font = { id, family, ...header, licence, sha256, bytes: bytes.length };
    const { kept, isNew } = await this.unitOfWork.run((transaction) => this.fonts.keep(transaction, tenantId, font));
    reply.status(isNew ? 201 : 200);
    return kept;
  }

  @Get()
  @ApiOperation({ summary: 'List fonts by id, each in its newest version' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(fontView.font) })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<Font>> {
    const rows = await this.fonts.list(tenantId, after?.id, limit + 1);
    return page(rows, limit, cursor, ({ id }) => ({ id }));
  }

  @Get(':fontId')
  @ApiOperation({ summary: 'Read a font with its versions' })
  @ApiOkResponse({ description: 'The font', standardSchema: fontView.whole })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('fontId', { schema: externalId }) id: string,
  ): Promise<WholeFont> {
    const found = await this.fonts.findWhole(tenantId, id);
    if (!found) throw notFound('font', '/v1/fonts');
    return found;
  }

  @Get(':fontId/versions/:version')
  @ApiOperation({ summary: 'Read the file of one version of a font' })
  @ApiProduces(mediaType)
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentTenant() tenantId: string,
    @Param('fontId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile | undefined> {
    const found = await this.fonts.find(tenantId, id, version);
    if (!found) throw notFound('font version', '/v1/fonts/{id}');
    const object = { sha256: found.sha256, mediaType };
    return contentReply({ ...object, read: () => this.objects.read({ tenantId, ...object }) }, ifNoneMatch, reply);
  }
}

function headerOf(bytes: Buffer): FontHeader {
  try {
    return readFont(bytes);
  } catch (error) {
    if (!(error instanceof FontRefused)) throw error;
    throw new Problem(422, { code: 'font-refused', detail: `The font cannot be used. ${error.message}` });
  }
}
