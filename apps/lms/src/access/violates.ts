/** Whether an error is PostgreSQL's refusal of a double (SQLSTATE 23505) by this unique index. */
export function violates(error: unknown, index: string): boolean {
  const { code, constraint } = ((error as { driverError?: unknown } | undefined)?.driverError ?? error ?? {}) as {
    code?: unknown;
    constraint?: unknown;
  };
  return code === '23505' && constraint === index;
}
