import { externalId, sha256 } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { CurrentTenant, Problem, RawBody, type RawContent, Roles } from '@laurel/service-kit';
import { Controller, Get, Headers, Param, Put, Res, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { contentReply, type Reply } from '../access/content-reply.ts';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { type ImageHeader, ImageRefused } from '../images/image-header.ts';
import { ImageRepository, type ImageVersion } from '../images/image.repository.ts';
import { readImage } from '../images/read-image.ts';

const mediaTypes = ['image/png', 'image/jpeg'] as const;
const answer = z
  .object({
    id: externalId,
    version: z.int(),
    mediaType: z.enum(mediaTypes),
    sha256,
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
  })
  .meta({ id: 'Image' });

/** Logos and signatures. Each content of an image is a version of it, which never changes. */
@Controller('v1/images')
@Roles(...readers)
export class ImagesController {
  constructor(
    private readonly images: ImageRepository,
    private readonly objects: AssetObjects,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Put(':imageId')
  @Roles('creator', 'admin')
  @ApiOperation({
    summary: 'Keep a PNG or JPEG as the newest version of an image; the same content again is the same version',
  })
  @ApiOkResponse({ description: 'The image had this content already', standardSchema: answer })
  @ApiCreatedResponse({ description: 'A new version', standardSchema: answer })
  async keep(
    @CurrentTenant() tenantId: string,
    @Param('imageId', { schema: externalId }) id: string,
    @RawBody({ mediaTypes, maxBytes: 2 * 1024 * 1024 }) { bytes, mediaType }: RawContent,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ImageVersion> {
    const header = headerOf(bytes);
    if (header.mediaType !== mediaType) throw refused(`It is ${header.mediaType} and was sent as ${mediaType}.`);
    const hash = this.objects.hash(bytes);
    await this.objects.keep([{ tenantId, sha256: hash, mediaType, bytes }]);
    const image = { id, ...header, sha256: hash, bytes: bytes.length };
    const { kept, isNew } = await this.unitOfWork.run((transaction) => this.images.keep(transaction, tenantId, image));
    reply.status(isNew ? 201 : 200);
    return kept;
  }

  @Get(':imageId/versions/:version')
  @ApiOperation({ summary: 'Read the file of one version of an image' })
  @ApiProduces(...mediaTypes)
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('imageId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile | undefined> {
    const found = await this.images.find(tenantId, id, version);
    if (!found) throw notFound('image', '/v1/images/{id}/versions/1');
    return contentReply({ ...found, read: () => this.objects.read({ tenantId, ...found }) }, ifNoneMatch, reply);
  }
}

function headerOf(bytes: Buffer): ImageHeader {
  try {
    return readImage(bytes);
  } catch (error) {
    if (error instanceof ImageRefused) throw refused(error.message);
    throw error;
  }
}

const refused = (detail: string) =>
  new Problem(422, { code: 'image-refused', detail: `The image cannot be used. ${detail}` });
