import { externalId, plainText } from '@laurel/contracts';
import {
  CurrentTenant,
  defineCursor,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { BuiltInAssets } from '../publish-built-ins/built-in-assets.ts';
import { TemplateRepository } from '../templates/template.repository.ts';
import { type Template, templateView, type WholeTemplate } from '../templates/template-view.ts';

const newTemplate = z
  .strictObject({
    id: externalId.optional().meta({ description: 'Left out, a UUID is made' }),
    title: plainText(200),
  })
  .meta({ id: 'NewTemplate' });
const cursor = defineCursor('templates', z.object({ id: z.string() }));
const query = pageQuery(cursor);

/** Certificate designs. */
@Controller('v1/templates')
@Roles(...readers)
export class TemplatesController {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly idempotency: Idempotency,
    private readonly builtIns: BuiltInAssets,
  ) {}

  @Post()
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Make a template, still without a version' })
  @ApiCreatedResponse({ description: 'The template', standardSchema: templateView.whole })
  async create(
    @CurrentTenant() tenantId: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: newTemplate }) body: z.output<typeof newTemplate>,
  ): Promise<WholeTemplate> {
    const { id } = await this.idempotency.once(request, async (transaction) => {
      const made = { ...body, id: body.id ?? v7() };
      const isFree = !this.builtIns.hasTemplate(made.id) && (await this.templates.insert(transaction, tenantId, made));
      if (isFree) return made.id;
      throw new Problem(409, {
        code: 'template-exists',
        detail:
          'id: there is a template of this id, of this tenant or built in; choose another id, or add a version to yours.',
      });
    });
    return this.read(tenantId, id);
  }

  @Get(':templateId')
  @ApiOperation({ summary: 'Read a template with its versions' })
  @ApiOkResponse({ description: 'The template', standardSchema: templateView.whole })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('templateId', { schema: externalId }) id: string,
  ): Promise<WholeTemplate> {
    const found = await this.templates.findWhole(tenantId, id);
    if (!found) throw notFound('template', '/v1/templates');
    return found;
  }

  @Get()
  @ApiOperation({ summary: 'List templates by id' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(templateView.template) })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<Template>> {
    const rows = await this.templates.list(tenantId, after?.id, limit + 1);
    return page(rows, limit, cursor, ({ id }) => ({ id }));
  }
}
