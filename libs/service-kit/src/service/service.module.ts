import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthController } from '../health/health.controller.ts';
import { ServiceHealth } from '../health/service-health.ts';
import { Idempotency } from '../idempotency/idempotency.ts';
import { IdempotencyPruner } from '../idempotency/idempotency-pruner.ts';
import { InternalHttp } from '../internal/internal-http.ts';
import type { internalHttpSettings } from '../internal/internal-http-settings.ts';
import { LOGGER } from '../logging/logger.token.ts';
import { MetricsController } from '../metrics/metrics.controller.ts';
import { OpenApiController } from '../openapi/openapi.controller.ts';
import { OPENAPI } from '../openapi/openapi.token.ts';
import { SETTINGS } from '../settings/settings.token.ts';
import type { z } from 'zod';
import type { ServiceParts } from './service-parts.ts';

type Credentials = z.output<typeof internalHttpSettings> & { readonly OIDC_ISSUER: string };

/**
 * Gives every module of a service `SETTINGS`, `LOGGER` and, with a database, `DataSource`, `UnitOfWork`, `Outbox` and
 * `Idempotency`, with the settings of a client `InternalHttp`; adds the routes of health, metrics and the OpenAPI document.
 */
@Global()
@Module({})
export class ServiceModule {
  /** What the service has: the table of idempotency keys, which then has to be pruned, and a client for internal calls. */
  static of(parts: ServiceParts, keeps: { readonly keys: boolean; readonly client: boolean }): DynamicModule {
    const providers: Provider[] = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: LOGGER, useValue: parts.logger },
      { provide: ServiceHealth, useValue: parts.health },
      { provide: OPENAPI, useValue: parts.describe },
    ];
    if (keeps.client) {
      // Made when the service starts, and not for its OpenAPI document, which has no settings.
      const useFactory = (settings: Credentials) =>
        new InternalHttp({
          issuer: settings.OIDC_ISSUER,
          clientId: settings.OIDC_CLIENT_ID,
          clientSecret: settings.OIDC_CLIENT_SECRET,
        });
      providers.push({ provide: InternalHttp, useFactory, inject: [SETTINGS] });
    }
    if (parts.storage) {
      const { dataSource, unitOfWork, outbox } = parts.storage;
      const idempotency = new Idempotency(unitOfWork);
      providers.push(
        { provide: DataSource, useValue: dataSource },
        { provide: UnitOfWork, useValue: unitOfWork },
        { provide: Outbox, useValue: outbox },
        { provide: Idempotency, useValue: idempotency },
      );
      if (keeps.keys)
        providers.push({ provide: IdempotencyPruner, useValue: new IdempotencyPruner(idempotency, parts.logger) });
    }
    return {
      module: ServiceModule,
      controllers: [HealthController, MetricsController, OpenApiController],
      providers,
      exports: providers.map((provider) => (provider as { provide: symbol }).provide),
    };
  }
}
