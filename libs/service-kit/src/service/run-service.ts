import type { z } from 'zod';
import { migrateDatabase } from '../commands/migrate-database.ts';
import { createOpenApiDocument } from '../openapi/create-openapi-document.ts';
import { processEnvironment } from '../settings/environment.ts';
import { report } from './report.ts';
import { serve } from './serve.ts';
import type { ServiceDefinition } from './service-definition.ts';

const usage = `Without an argument the service runs. Arguments:
  migrate   runs the pending migrations, one runner at a time, and ends
  openapi   prints the OpenAPI document; needs no settings, database or broker`;

/**
 * All of a `main.ts`: runs the service, or the command that the first argument names. Ends the process with code 1 when it
 * fails and 2 for an unknown argument; what is wrong is on standard error.
 */
export async function runService<Own extends z.ZodObject>(definition: ServiceDefinition<Own>): Promise<void> {
  const [command, ...others] = process.argv.slice(2);
  try {
    if (command === undefined) return await serve(definition);
    if (command === 'migrate' && others.length === 0) {
      await migrateDatabase(definition, processEnvironment());
      return;
    }
    if (command === 'openapi' && others.length === 0) {
      process.stdout.write(`${JSON.stringify(await createOpenApiDocument(definition), null, 2)}\n`);
      return;
    }
    process.stderr.write(
      `${definition.name} does not know the argument "${process.argv.slice(2).join(' ')}".\n${usage}\n`,
    );
    process.exitCode = 2;
  } catch (error) {
    report(error);
    process.exitCode = 1;
    // Something that was begun, such as an open port, must not keep a process alive that has failed.
    if (command === undefined) process.exit(1);
  }
}
