import { processEnvironment } from '../settings/environment.ts';
import { createService } from './create-service.ts';
import { report } from './report.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { Service } from './service.ts';

/** A shutdown that takes longer is given up: whoever stops us kills us after ten seconds. */
const deadline = 9_000;

/**
 * Runs a service until SIGTERM or SIGINT, then shuts it down and ends the process with code 0. A second signal, the deadline
 * or a failed shutdown end it with code 1, and so do a stuck consumer and an error that nobody caught.
 */
export async function serve(definition: ServiceDefinition): Promise<void> {
  const running: { service?: Service } = {};
  let isStopping = false;

  const fail = (reason: string, error?: unknown): never => {
    if (running.service)
      running.service.logger.fatal({ reason, ...(error === undefined ? {} : { err: error }) }, 'The process ends');
    else report(error ?? new Error(reason));
    process.exit(1);
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return fail(`a second signal (${signal})`);
    isStopping = true;
    // Nothing is running yet that would have to end in an order.
    const { service } = running;
    if (!service) process.exit(0);
    service.logger.info({ signal }, 'Stopping');
    setTimeout(() => fail(`the shutdown took longer than ${deadline / 1000} s`), deadline).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => fail('the shutdown was not clean', error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('uncaughtException', (error) => fail('an error that nobody caught', error));
  process.on('unhandledRejection', (error) => fail('a rejection that nobody handled', error));

  running.service = await createService(definition, processEnvironment(), {
    onStuck: (reason) => fail(`a consumer is stuck: ${reason}`),
  });
  await running.service.start();
}
