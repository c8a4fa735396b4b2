import type { AppName } from '@laurel/contracts';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { checkRoutes } from '../auth/route-checks.ts';
import { problemDocument } from '../problems/problem-document.ts';
import { BootError } from '../service/boot-error.ts';

interface Operation {
  readonly operationId: string;
  security?: object[];
  /** The roles that may call, or `internal`: OpenAPI has a place for scopes only. */
  'x-access'?: readonly string[];
}

/**
 * The OpenAPI document of an application, whether it runs or was made for this alone. Throws a BootError for routes that could
 * not be served.
 */
export function describeApi(app: NestFastifyApplication, name: AppName): OpenAPIObject {
  const { faults, access } = checkRoutes(app.get(ModulesContainer));
  if (faults.length > 0) throw new BootError(name, faults);
  const config = new DocumentBuilder()
    .setTitle(`Laurel ${name}`)
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
}
