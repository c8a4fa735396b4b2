import { armCrashPoints, createMessaging, type Messaging, type MessagingOptions } from '@laurel/messaging';
import { createDataSource, hasPendingMigrations } from '@laurel/persistence';
import { NestFactory, ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import type { DataSource } from 'typeorm';
import { AddressLimit } from '../auth/address-limit.guard.ts';
import { AccessGuard } from '../auth/access.guard.ts';
import { checkRoutes } from '../auth/route-checks.ts';
import { SigningKeys } from '../auth/signing-keys.ts';
import { TokenVerifier } from '../auth/token-verifier.ts';
import { DatabaseProbe } from '../health/database-probe.ts';
import { ServiceHealth } from '../health/service-health.ts';
import { HttpAdapter } from '../http/http-adapter.ts';
import { installHooks } from '../http/install-hooks.ts';
import { listen } from '../http/listen.ts';
import { createLogger } from '../logging/create-logger.ts';
import type { Logger } from '../logging/logger.token.ts';
import { NestLog } from '../logging/nest-log.ts';
import { describeApi } from '../openapi/describe-api.ts';
import { collectProcessMetrics } from '../metrics/collect-process-metrics.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { ValidationPipe } from '../problems/validation.pipe.ts';
import type { BaseSettings } from '../settings/base-settings.ts';
import type { DatabaseSettings } from '../settings/database-settings.ts';
import type { Environment } from '../settings/environment.ts';
import { parseSettings } from '../settings/parse-settings.ts';
import { settingsSchema } from '../settings/settings-schema.ts';
import { BootError } from './boot-error.ts';
import { connectDatabase } from './connect-database.ts';
import { rootModule } from './root-module.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { Service } from './service.ts';
import { shutdown } from './shutdown.ts';

/** What tests and `runService` choose. */
export interface ServiceOptions {
  /** Called when a consumer will not go on by itself: end the process. */
  readonly onStuck?: (reason: string) => void;
  readonly logDestination?: DestinationStream;
  /** Puts the messaging together; `createMessaging` if left out. */
  readonly messaging?: (options: MessagingOptions) => Messaging;
}

/**
 * Puts a service together: settings, log, database, messaging, HTTP with its guard, pipe and filter. Nothing listens yet.
 * Waits for a database that is away. Throws a SettingsError or a BootError that names everything that is wrong.
 */
export async function createService(
  definition: ServiceDefinition,
  environment: Environment,
  options: ServiceOptions = {},
): Promise<Service> {
  const settings = parseSettings(
    settingsSchema(definition.settings, definition.database !== undefined),
    environment,
  ) as BaseSettings;
  const logger = createLogger({
    app: definition.name,
    level: settings.LOG_LEVEL,
    ...(options.logDestination ? { destination: options.logDestination } : {}),
  });
  armCrashPoints(settings.CRASH_POINTS);
  collectProcessMetrics();

  const storage =
    definition.database &&
    (await openStorage(definition, settings as BaseSettings & DatabaseSettings, logger, options));
  try {
    const probe = storage && new DatabaseProbe(storage.dataSource);
    const health = new ServiceHealth(probe, () => storage?.messaging.health() ?? []);
    const adapter = new HttpAdapter({ ...definition.http, trustedProxies: settings.TRUSTED_PROXIES });
    installHooks(adapter.getInstance());
    const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
      rootModule(definition, {
        settings,
        logger,
        health,
        describe: () => describeApi(app, definition.name),
        ...(storage ? { storage: { ...storage, outbox: storage.messaging.outbox } } : {}),
      }),
      adapter,
      // Fastify parses JSON by itself; Nest would add forms. A failed boot is for the caller to report.
      { logger: new NestLog(logger), bodyParser: false, abortOnError: false },
    );
    guard(app, definition, settings, logger);
    const limits = definition.publicLimits?.(settings);
    if (limits) app.useGlobalGuards(new AddressLimit(app.get(Reflector), adapter.getInstance(), limits));
    if (storage) app.connectMicroservice({ strategy: storage.messaging.transport });
    return {
      app,
      logger,
      async start() {
        const url = await listen(app, definition.name, settings);
        await app.startAllMicroservices();
        storage?.messaging.start();
        health.phase = 'serving';
        logger.info({ at: url }, 'Ready');
        return url;
      },
      stop: shutdown({ app, health, logger, ...storage }),
    };
  } catch (error) {
    await storage?.dataSource.destroy();
    throw error;
  }
}

async function openStorage(
  definition: ServiceDefinition,
  settings: BaseSettings & DatabaseSettings,
  logger: Logger,
  options: ServiceOptions,
): Promise<{ dataSource: DataSource; unitOfWork: Messaging['unitOfWork']; messaging: Messaging }> {
  const { name, database } = definition;
  const dataSource = createDataSource({
    url: settings.DATABASE_URL,
    applicationName: `${name} ${process.pid}`,
    entities: [...(database?.entities ?? [])],
    migrations: [...(database?.migrations ?? [])],
    poolSize: settings.DATABASE_POOL_SIZE,
    log: logger,
  });
  await connectDatabase(dataSource, logger);
  try {
    if (await hasPendingMigrations(dataSource)) {
      throw new BootError(name, [
        'The database lacks migrations of this build: run this program with the argument migrate first.',
      ]);
    }
    const messaging = (options.messaging ?? createMessaging)({
      app: name,
      brokers: settings.KAFKA_BROKERS,
      topicPrefix: settings.TOPIC_PREFIX,
      dataSource,
      logger,
      defaultTenant: settings.DEFAULT_TENANT,
      leaves: definition.leaves?.(settings),
      sessionTimeout: settings.KAFKA_SESSION_TIMEOUT,
      onStuck: options.onStuck ?? ((reason) => logger.fatal({ reason }, 'A consumer is stuck')),
    });
    return { dataSource, unitOfWork: messaging.unitOfWork, messaging };
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Installs what stands before and after every handler, after a look at all routes. */
function guard(app: NestFastifyApplication, { name }: ServiceDefinition, settings: BaseSettings, logger: Logger): void {
  const { faults, needsIssuer } = checkRoutes(app.get(ModulesContainer));
  const sentences = [...faults];
  if ((needsIssuer || 'OIDC_CLIENT_ID' in settings) && !settings.OIDC_ISSUER) {
    sentences.push(
      'OIDC_ISSUER is missing, and some routes or calls to other services need a token. Set it like OIDC_ISSUER=https://login.example.org/realms/laurel',
    );
  }
  if (sentences.length > 0) throw new BootError(name, sentences);
  const verifier =
    settings.OIDC_ISSUER === undefined
      ? undefined
      : new TokenVerifier(settings.OIDC_ISSUER, settings.OIDC_AUDIENCE, new SigningKeys(settings.OIDC_ISSUER).find);
  app.useGlobalGuards(new AccessGuard(app.get(Reflector), settings, verifier));
  app.useGlobalPipes(new ValidationPipe({ validateCustomDecorators: true }));
  app.useGlobalFilters(new ProblemFilter(logger));
}
