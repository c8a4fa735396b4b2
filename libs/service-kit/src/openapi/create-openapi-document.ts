import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { checkRoutes } from '../auth/route-checks.ts';
import { HttpAdapter } from '../http/http-adapter.ts';
import { problemDocument } from '../problems/problem-document.ts';
import { BootError } from '../service/boot-error.ts';
import { rootModule } from '../service/root-module.ts';
import type { ServiceDefinition } from '../service/service-definition.ts';
import type { ServiceParts } from '../service/service-parts.ts';

interface Operation {
  readonly operationId: string;
  security?: object[];
  /** The roles that may call, or `internal`: OpenAPI has a place for scopes only. */
  'x-access'?: readonly string[];
}

/**
 * Makes the OpenAPI document of a service. In Nest's preview mode nothing is instantiated, so that neither settings nor
 * database nor broker are needed. Throws a BootError for routes that could not be served.
 */
export async function createOpenApiDocument(definition: ServiceDefinition): Promise<OpenAPIObject> {
  // Preview mode never hands these out; the tokens have to exist.
  const nothing = {} as ServiceParts;
  const parts = definition.database ? { ...nothing, storage: {} as NonNullable<ServiceParts['storage']> } : nothing;
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule(definition, parts),
    new HttpAdapter(definition.http),
    {
      preview: true,
      logger: false,
      abortOnError: false,
    },
  );
  try {
    const { faults, access } = checkRoutes(app.get(ModulesContainer));
    if (faults.length > 0) throw new BootError(definition.name, faults);
    const config = new DocumentBuilder()
      .setTitle(`Laurel ${definition.name}`)
      .setVersion('1')
      .addBearerAuth({
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'An access token of the configured issuer',
      })
      .addGlobalResponse({
        status: 'default',
        description: 'What went wrong (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      })
      .build();
    const document = SwaggerModule.createDocument(app, config);
    for (const operation of Object.values(document.paths).flatMap((path) =>
      Object.values(path as Record<string, Operation>),
    )) {
      const who = access.get(operation.operationId);
      if (!who || who.kind === 'public') continue;
      operation.security = [{ bearer: [] }];
      operation['x-access'] = who.kind === 'roles' ? who.roles : [who.kind];
    }
    const problem = z.toJSONSchema(problemDocument, { target: 'openapi-3.0', io: 'input' });
    document.components = {
      ...document.components,
      schemas: { ...document.components?.schemas, Problem: problem as object },
    };
    return document;
  } finally {
    await app.close();
  }
}
