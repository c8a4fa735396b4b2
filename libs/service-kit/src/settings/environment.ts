/** Variables of a process by name; an empty value counts as not set, as it does in compose files. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process: the only place in the services that reads it, once, at start. */
export function processEnvironment(): Environment {
  return { ...process.env };
}
