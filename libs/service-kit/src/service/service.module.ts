import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthController } from '../health/health.controller.ts';
import { ServiceHealth } from '../health/service-health.ts';
import { Idempotency } from '../idempotency/idempotency.ts';
import { IdempotencyPruner } from '../idempotency/idempotency-pruner.ts';
import { LOGGER } from '../logging/logger.token.ts';
import { MetricsController } from '../metrics/metrics.controller.ts';
import { SETTINGS } from '../settings/settings.token.ts';
import type { ServiceParts } from './service-parts.ts';

/**
 * Gives every module of a service `SETTINGS`, `LOGGER` and, with a database, `DataSource`, `UnitOfWork`, `Outbox` and
 * `Idempotency`; adds the routes of health and metrics.
 */
@Global()
@Module({})
export class ServiceModule {
  /** `keepsKeys` says whether the service has the table of idempotency keys, which then has to be pruned. */
  static of(parts: ServiceParts, keepsKeys: boolean): DynamicModule {
    const providers: Provider[] = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: LOGGER, useValue: parts.logger },
      { provide: ServiceHealth, useValue: parts.health },
    ];
    if (parts.storage) {
      const { dataSource, unitOfWork, outbox } = parts.storage;
      const idempotency = new Idempotency(unitOfWork);
      providers.push(
        { provide: DataSource, useValue: dataSource },
        { provide: UnitOfWork, useValue: unitOfWork },
        { provide: Outbox, useValue: outbox },
        { provide: Idempotency, useValue: idempotency },
      );
      if (keepsKeys)
        providers.push({ provide: IdempotencyPruner, useValue: new IdempotencyPruner(idempotency, parts.logger) });
    }
    return {
      module: ServiceModule,
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers.map((provider) => (provider as { provide: symbol }).provide),
    };
  }
}
