import { Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { CallRenderer } from './call-renderer.ts';
import { templateBody } from './template-body.ts';

const samplesBody = templateBody.extend({
  from: z.int().min(0).max(1_000).default(0).meta({ description: 'The number of samples that are there already' }),
});
const base64 = z.string().meta({ format: 'byte' });
const answer = z.object({
  samples: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      recipient: z.string(),
      isOrdinary: z.boolean().meta({ description: 'A template that cannot show it is of no use' }),
      files: z.object({ pdf: base64, png: base64 }).optional(),
      refusal: z.object({ reason: z.string(), detail: z.string() }).optional(),
    }),
  ),
  next: z.int().optional().meta({ description: '`from` of the next call; left out after the last sample' }),
});

/** Renders the samples that asset-store keeps with a version. */
@Controller('internal/templates')
export class RenderSamplesController {
  constructor(private readonly renderer: CallRenderer) {}

  @Post('samples')
  @HttpCode(200)
  @Internal()
  @ApiOperation({ summary: 'Renders sample certificates of a template, as many as there is time for' })
  @ApiOkResponse({ description: 'The samples and where the next call begins', standardSchema: answer })
  async samples(
    @Body({ schema: samplesBody }) { from, ...template }: z.output<typeof samplesBody>,
  ): Promise<z.output<typeof answer>> {
    const { samples, ...rest } = await this.renderer.samples(template, from);
    return {
      ...rest,
      samples: samples.map(({ name, language, recipient, isOrdinary = false, files, refusal }) => ({
        ...{ name, language, recipient, isOrdinary },
        ...(files ? { files: { pdf: files.pdf.toString('base64'), png: files.png.toString('base64') } } : {}),
        ...(refusal ? { refusal } : {}),
      })),
    };
  }
}
