import { externalId } from '@laurel/contracts';
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
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { versionNumber } from '../access/version-number.ts';
import {
  type CredentialType,
  type CredentialTypeVersion,
  credentialTypeView,
  type WholeCredentialType,
} from '../credential-types/credential-type-view.ts';
import { CredentialTypeRepository } from '../credential-types/credential-type.repository.ts';
import { type CredentialTypeDefinition, definition } from '../credential-types/definition.ts';
import { BuiltInAssets } from '../publish-built-ins/built-in-assets.ts';
import { PublishCredentialType } from './publish-credential-type.ts';

const cursor = defineCursor('credential-types', z.object({ id: z.string() }));
const query = pageQuery(cursor);

/** Credential types: the contract of one kind of certificate. A version is a draft, then published for ever. */
@Controller('v1/credential-types')
@Roles(...readers)
export class CredentialTypesController {
  constructor(
    private readonly types: CredentialTypeRepository,
    private readonly idempotency: Idempotency,
    private readonly builtIns: BuiltInAssets,
    private readonly publishCredentialType: PublishCredentialType,
  ) {}

  @Post()
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Make a credential type, its version 1 a draft' })
  @ApiCreatedResponse({ description: 'The type', standardSchema: credentialTypeView.whole })
  async create(
    @CurrentTenant() tenantId: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: definition.withId }) { id: givenId, ...type }: z.output<typeof definition.withId>,
  ): Promise<WholeCredentialType> {
    const made = await this.idempotency.once(request, async (transaction) => {
      const id = givenId ?? v7();
      if (this.builtIns.hasCredentialType(id) || !(await this.types.insert(transaction, tenantId, id))) {
        throw new Problem(409, {
          code: 'credential-type-exists',
          detail:
            'id: there is a credential type of this id, of this tenant or built in; choose another id, or add a version to yours.',
        });
      }
      await this.types.addDraft(transaction, tenantId, id, type);
      return id;
    });
    return this.read(tenantId, made.id);
  }

  @Post(':typeId/versions')
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Add a draft, the next version of a credential type' })
  @ApiCreatedResponse({ description: 'The draft', standardSchema: credentialTypeView.version })
  async addVersion(
    @CurrentTenant() tenantId: string,
    @Param('typeId', { schema: externalId }) id: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: definition.whole }) body: CredentialTypeDefinition,
  ): Promise<CredentialTypeVersion> {
    const type = await this.types.find(tenantId, id);
    if (!type) throw notFound('credential type', '/v1/credential-types');
    if (type.builtIn) {
      throw new Problem(409, {
        code: 'credential-type-built-in',
        detail:
          'This type is built in, and Laurel brings its versions; make one of your own by POST /v1/credential-types.',
      });
    }
    const made = await this.idempotency.once(request, async (transaction) =>
      String(await this.types.addDraft(transaction, tenantId, id, body)),
    );
    return this.findVersion(tenantId, id, Number(made.id));
  }

  @Post(':typeId/versions/:version/publish')
  @HttpCode(200)
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Publish a draft, for ever; one that is published already stays as it is' })
  @ApiOkResponse({ description: 'The published version', standardSchema: credentialTypeView.version })
  async publish(
    @CurrentTenant() tenantId: string,
    @Param('typeId', { schema: externalId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
  ): Promise<CredentialTypeVersion> {
    await this.publishCredentialType.run(tenantId, id, version);
    return this.findVersion(tenantId, id, version);
  }

  @Get(':typeId')
  @ApiOperation({ summary: 'Read a credential type with its versions' })
  @ApiOkResponse({ description: 'The type', standardSchema: credentialTypeView.whole })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('typeId', { schema: externalId }) id: string,
  ): Promise<WholeCredentialType> {
    const found = await this.types.findWhole(tenantId, id);
    if (!found) throw notFound('credential type', '/v1/credential-types');
    return found;
  }

  @Get()
  @ApiOperation({ summary: 'List credential types by id' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(credentialTypeView.type) })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<CredentialType>> {
    const rows = await this.types.list(tenantId, after?.id, limit + 1);
    return page(rows, limit, cursor, ({ id }) => ({ id }));
  }

  private async findVersion(tenantId: string, id: string, version: number): Promise<CredentialTypeVersion> {
    const found = await this.types.findVersion(tenantId, id, version);
    if (!found) throw notFound('credential type version', '/v1/credential-types/{id}');
    return found;
  }
}
