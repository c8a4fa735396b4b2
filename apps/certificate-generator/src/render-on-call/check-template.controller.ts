import { checkTemplate, templateSlots } from '@laurel/rendering';
import { Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { templateBody } from './template-body.ts';

/** Tells whether a template can be printed, before it is published. Needs no browser. */
@Controller('internal/templates')
export class CheckTemplateController {
  @Post('check')
  @HttpCode(200)
  @Internal()
  @ApiOperation({ summary: 'Checks a template: what is wrong with it and where, and which slots it has' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['findings', 'slots'],
      properties: {
        findings: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              line: { type: 'integer' },
              column: { type: 'integer' },
              rule: { type: 'string' },
              reason: { type: 'string' },
              advice: { type: 'string' },
            },
          },
        },
        slots: { type: 'array', items: { type: 'string' } },
      },
    },
  })
  check(@Body({ schema: templateBody }) template: z.output<typeof templateBody>) {
    const findings = checkTemplate(template);
    return { findings, slots: findings.length > 0 ? [] : templateSlots(template) };
  }
}
