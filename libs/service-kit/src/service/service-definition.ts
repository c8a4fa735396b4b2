import type { AppName, Events } from '@laurel/contracts';
import type { Type } from '@nestjs/common';
import type { z } from 'zod';
import type { PublicLimits } from '../auth/public-limits.ts';
import type { HttpOptions } from '../http/http-adapter.ts';

/** All that a `main.ts` says. */
export interface ServiceDefinition<Own extends z.ZodObject = z.ZodObject> {
  readonly name: AppName;
  /** The service's own settings; each says `.meta({ description })`, and `secret: true` or an `example`. May be empty. */
  readonly settings: Own;
  /** Left out by a service without a database. One with a database has messaging too: events leave by its outbox. */
  readonly database?: DatabaseDefinition;
  readonly module: Type;
  /** Topics that a process with these settings leaves to others, though the module has handlers for them: their groups go on without it. */
  leaves?(settings: Readonly<z.output<Own>>): readonly (keyof Events)[];
  readonly http?: HttpOptions;
  /** Left out by a service whose public routes only its own network reaches. */
  publicLimits?(settings: Readonly<z.output<Own>>): PublicLimits;
}

/** Classes, listed one by one: a glob over a build folder would also run what was deleted long ago. */
export interface DatabaseDefinition {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of a class
  readonly entities?: readonly Function[];
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of a class
  readonly migrations: readonly Function[];
}
