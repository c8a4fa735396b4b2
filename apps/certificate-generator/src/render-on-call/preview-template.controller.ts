import { Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { CallRenderer } from './call-renderer.ts';
import { templateBody } from './template-body.ts';

const values = z.record(z.string().max(200), z.string().max(4_000));
const previewBody = templateBody.extend({
  values: values.default({}),
  lists: z.record(z.string().max(200), z.array(values).max(200)).optional(),
  sample: z.string().max(40).optional().meta({ description: 'Whose values fill the slots that have none' }),
  format: z.enum(['pdf', 'png', 'svg']).default('pdf'),
});
const mediaTypes = { pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml' } as const;
const file = { schema: { type: 'string', format: 'binary' } } as const;

/** Renders one page of a template with sample values, while its caller waits. */
@Controller('internal/templates')
export class PreviewTemplateController {
  constructor(private readonly renderer: CallRenderer) {}

  @Post('preview')
  @HttpCode(200)
  @Internal()
  @ApiOperation({ summary: 'Renders one page of a template; slots without a value show a sample' })
  @ApiOkResponse({ content: Object.fromEntries(Object.values(mediaTypes).map((type) => [type, file])) })
  async preview(
    @Body({ schema: previewBody }) { mediaType, source, ...wanted }: z.output<typeof previewBody>,
  ): Promise<StreamableFile> {
    const { lists, ...rest } = wanted;
    const preview = { ...rest, ...(lists ? { lists } : {}) };
    const bytes = await this.renderer.preview({ mediaType, source }, preview);
    return new StreamableFile(bytes, { type: mediaTypes[wanted.format], length: bytes.length });
  }
}
