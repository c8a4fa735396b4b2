import type { DynamicModule } from '@nestjs/common';
import { CreateIdempotency1770000000003 } from '../idempotency/idempotency.migration.ts';
import { ServiceModule } from './service.module.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { ServiceParts } from './service-parts.ts';

class RootModule {}

/** The module that Nest starts from: the app's own with ours beside it. */
export function rootModule(definition: ServiceDefinition, parts: ServiceParts): DynamicModule {
  const keys = definition.database?.migrations.includes(CreateIdempotency1770000000003) ?? false;
  const client = 'OIDC_CLIENT_ID' in definition.settings.shape;
  return { module: RootModule, imports: [ServiceModule.of(parts, { keys, client }), definition.module] };
}
