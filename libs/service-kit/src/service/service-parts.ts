import type { Outbox } from '@laurel/messaging';
import type { UnitOfWork } from '@laurel/persistence';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import type { BaseSettings } from '../settings/base-settings.ts';
import type { ServiceHealth } from '../health/service-health.ts';
import type { Logger } from '../logging/logger.token.ts';

/** What the service module hands to the app's module. */
export interface ServiceParts {
  readonly settings: BaseSettings;
  readonly logger: Logger;
  readonly health: ServiceHealth;
  /** Makes the OpenAPI document; to be called once the service is put together. */
  readonly describe: () => OpenAPIObject;
  readonly storage?: { readonly dataSource: DataSource; readonly unitOfWork: UnitOfWork; readonly outbox: Outbox };
}
