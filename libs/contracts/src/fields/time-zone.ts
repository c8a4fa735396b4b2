import { z } from 'zod';

/** The name of a time zone as IANA lists them: `Asia/Kolkata`. */
export const timeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/, 'must be the name of a time zone, like Asia/Kolkata')
  .refine(isKnown, 'must be the name of a time zone, like Asia/Kolkata');

// Asking costs 50 microseconds, and an installation has a handful. A stranger's inventions are not remembered.
const known = new Set<string>();

function isKnown(name: string): boolean {
  if (known.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  known.add(name);
  return true;
}
