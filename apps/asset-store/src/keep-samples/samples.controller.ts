import { externalId } from '@laurel/contracts';
import { CurrentTenant, problemDocument, Roles } from '@laurel/service-kit';
import { Controller, Get, Headers, Param, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiServiceUnavailableResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { contentReply, type Reply } from '../access/content-reply.ts';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import type { Sample } from '../samples/sample.repository.ts';
import { type SampleList, sampleView } from '../samples/sample-view.ts';
import { TemplateRepository } from '../templates/template.repository.ts';
import { HaveSamples } from './have-samples.ts';

const sampleFile = z
  .string()
  .regex(/^[a-z0-9-]{1,40}\.(?:pdf|png)$/, 'must be the name of a sample with .pdf or .png')
  .meta({ description: '`short.pdf`, `arabic.png`: see the list', example: 'short.png' });
const mediaTypes = { pdf: 'application/pdf', png: 'image/png' } as const;

/** Certificates of people who do not exist, kept with each version: a short name, a long one, one of each writing system. */
@Controller('v1/templates/:templateId/versions/:version/samples')
@Roles(...readers)
export class SamplesController {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly objects: AssetObjects,
    private readonly haveSamples: HaveSamples,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the samples of a version; those of a draft are rendered when they are looked at for the first time',
  })
  @ApiOkResponse({ description: 'All of them', standardSchema: sampleView.list })
  @ApiServiceUnavailableResponse({ description: 'They cannot be rendered for now', standardSchema: problemDocument })
  async list(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
  ): Promise<SampleList> {
    const samples = await this.find(tenantId, id, version);
    const folder = `/v1/templates/${encodeURIComponent(id)}/versions/${version}/samples`;
    return {
      items: samples.map(({ files, ...sample }) => ({
        ...sample,
        ...(files ? { pdf: `${folder}/${sample.name}.pdf`, png: `${folder}/${sample.name}.png` } : {}),
      })),
    };
  }

  @Get(':sampleFile')
  @ApiOperation({ summary: 'Read a sample of a version as PDF or PNG' })
  @ApiProduces(...Object.values(mediaTypes))
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  @ApiServiceUnavailableResponse({ description: 'It cannot be rendered for now', standardSchema: problemDocument })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Param('sampleFile', { schema: sampleFile }) file: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile | undefined> {
    const [name, kind] = file.split('.') as [string, keyof typeof mediaTypes];
    const samples = await this.find(tenantId, id, version);
    const sha256 = samples.find((sample) => sample.name === name)?.files?.[kind];
    if (sha256 === undefined) throw notFound('sample', '/v1/templates/{id}/versions/{version}/samples');
    const object = { sha256, mediaType: mediaTypes[kind] };
    return contentReply({ ...object, read: () => this.objects.read({ tenantId, ...object }) }, ifNoneMatch, reply);
  }

  private async find(tenantId: string, id: string, number: number): Promise<Sample[]> {
    const version = await this.templates.findVersion(tenantId, id, number);
    if (!version) throw notFound('template version', '/v1/templates/{id}');
    return this.haveSamples.run(tenantId, version);
  }
}
