import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { HttpAdapter } from '../http/http-adapter.ts';
import { rootModule } from '../service/root-module.ts';
import type { ServiceDefinition } from '../service/service-definition.ts';
import type { ServiceParts } from '../service/service-parts.ts';
import { describeApi } from './describe-api.ts';

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
    return describeApi(app, definition.name);
  } finally {
    await app.close();
  }
}
