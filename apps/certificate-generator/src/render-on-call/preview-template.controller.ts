import { BrowserUnavailable, PrintFailed, TemplateRefused, TemplateUnprintable } from '@laurel/rendering';
import { Internal, Problem, SETTINGS, type Settings } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import type { settings } from '../config.ts';
import { PRINTER } from '../print/printer.token.ts';
import type { Printer } from '../print/print-queue.ts';
import { CallSlot } from './call-slot.ts';
import { templateBody } from './template-body.ts';

const previewBody = templateBody.extend({
  tenantId: z.string().optional(),
  values: z.record(z.string().max(200), z.string().max(4_000)).default({}),
});

/** Prints one page of a template with sample values, while its caller waits. Nothing of it is kept. */
@Controller('internal/templates')
export class PreviewTemplateController {
  private readonly slot = new CallSlot();

  constructor(
    @Inject(PRINTER) private readonly printer: Printer,
    @Inject(SETTINGS) private readonly own: Settings<typeof settings>,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @Internal()
  @ApiOperation({ summary: 'Prints a template with sample values as a PDF of one page' })
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  async preview(@Body({ schema: previewBody }) body: z.output<typeof previewBody>): Promise<StreamableFile> {
    const pdf = await this.slot.run(() => this.print(body));
    return new StreamableFile(pdf, { type: 'application/pdf', length: pdf.length });
  }

  private async print({ mediaType, source, values }: z.output<typeof previewBody>): Promise<Buffer> {
    try {
      const plan = await this.printer.compile({ mediaType, source });
      const record = { values, qr: `${this.own.PUBLIC_URL}/v/preview`, title: 'Preview' };
      const [pdf] = await this.printer.print(plan, [record]);
      if (!pdf) throw new Error('The renderer printed no page');
      return pdf;
    } catch (error) {
      if (error instanceof BrowserUnavailable) throw away(error);
      if (error instanceof PrintFailed) {
        const [failure] = error.failures;
        throw unprintable(failure?.reason ?? 'refused', failure?.message ?? error.message, error);
      }
      if (error instanceof TemplateRefused) throw unprintable('refused', error.message, error);
      if (error instanceof TemplateUnprintable) throw unprintable(error.reason, error.message, error);
      throw error;
    }
  }
}

function away(cause: unknown): Problem {
  const details = {
    code: 'browser-away',
    detail: 'The browser is being started again: try again in some seconds.',
    headers: { 'retry-after': '3' },
  };
  return new Problem(503, details, { cause });
}

function unprintable(reason: string, detail: string, cause: unknown): Problem {
  return new Problem(422, { code: `template-${reason}`, detail }, { cause });
}
