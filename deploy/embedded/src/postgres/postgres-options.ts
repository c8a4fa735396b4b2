import type { Report } from '../report.ts';

/** How `startPostgres` starts a server. */
export interface PostgresOptions {
  /** Everything of this server: data, log. A server started again on the same folder goes on with its data. */
  folder: string;
  port: number;
  /** The superuser's name, given at the first start on a folder. Default "postgres". */
  user?: string;
  /** The superuser's password. With one, everybody needs one (scram); without, everybody on this machine is let in. */
  password?: string;
  /** Server settings that win over ours, such as `{ fsync: 'off' }` for a stack that is thrown away. Default: durable. */
  settings?: Record<string, string>;
  report?: Report;
}
