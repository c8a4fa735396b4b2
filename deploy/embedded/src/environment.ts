import { z } from 'zod';
import { Failure } from './failure.ts';

const url = (what: string) => z.url({ error: `has to be a URL, such as ${what}` });

const settings = z.object({
  KAFKA_BROKERS: z.string().min(1).optional(),
  DATABASE_URL: url('postgres://user:password@host:5432/postgres').optional(),
  OBJECT_STORE_URL: url('s3://bucket or file:///folder').optional(),
  OIDC_ISSUER: url('https://login.example.org').optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  CHROMIUM_PATH: z.string().min(1).optional(),
  JAVA_HOME: z.string().min(1).optional(),
  // How long the bootstrap installed packages before this, in seconds.
  LAUREL_INSTALL_SECONDS: z.coerce.number().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

// What a program needs to find its way on the machine; all else of the caller's environment stays with the caller.
const machine = new Set([
  ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE'],
  // The way to the package registries, where it is not straight.
  ...['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
  ...['MAVEN_OPTS', 'MAVEN_ARGS', 'MVNW_REPOURL'],
]);

/**
 * The one place where the launcher reads the environment: the settings that replace a part of the embedded stack, and the
 * variables that every child inherits. An empty variable counts as absent. Throws a Failure that names the variable.
 */
export function environment(): {
  settings: z.infer<typeof settings>;
  inherited: Record<string, string>;
} {
  const present = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const parsed = settings.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Failure(`The environment cannot be used: ${lines.join('; ')}.`, 'Correct that variable, or unset it.');
  }
  return {
    settings: parsed.data,
    inherited: Object.fromEntries(Object.entries(present).filter(([name]) => machine.has(name))),
  };
}
