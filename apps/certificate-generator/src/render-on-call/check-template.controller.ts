import { Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { CallRenderer, type CheckedTemplate } from './call-renderer.ts';
import { templateBody } from './template-body.ts';

const answer = z.object({
  findings: z.array(
    z.object({
      ...{ line: z.int(), column: z.int(), rule: z.string(), level: z.enum(['error', 'advice']) },
      ...{ reason: z.string(), advice: z.string() },
    }),
  ),
  slots: z.array(z.string()),
  longest: z.array(z.object({ slot: z.string(), script: z.string(), text: z.string(), characters: z.int() })),
});

/** Tells whether a template can be printed, before it is published. */
@Controller('internal/templates')
export class CheckTemplateController {
  constructor(private readonly renderer: CallRenderer) {}

  @Post('check')
  @HttpCode(200)
  @Internal()
  @ApiOperation({
    summary:
      'Checks a template: what is to be said of it and where, which slots it has, and the longest texts that fit',
  })
  @ApiOkResponse({ description: 'Everything at once', standardSchema: answer })
  check(@Body({ schema: templateBody }) template: z.output<typeof templateBody>): Promise<CheckedTemplate> {
    return this.renderer.check(template);
  }
}
