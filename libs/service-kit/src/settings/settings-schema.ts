import { z } from 'zod';
import { baseSettings } from './base-settings.ts';
import { databaseSettings } from './database-settings.ts';

const loopback = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/;

interface Checked {
  readonly LAUREL_ENV?: string | undefined;
  readonly CRASH_POINTS?: string | undefined;
  readonly OIDC_ISSUER?: string | undefined;
}

/**
 * The whole schema of one service: its own settings, the base settings and, with a database, those of database and broker.
 * Throws when the service redefines a base setting: one name has one meaning in all services.
 */
export function settingsSchema(own: z.ZodObject, usesDatabase: boolean): z.ZodObject {
  const shared = { ...baseSettings.shape, ...(usesDatabase ? databaseSettings.shape : {}) };
  for (const name of Object.keys(own.shape)) {
    if (name in baseSettings.shape || name in databaseSettings.shape) {
      throw new Error(`${name} is a setting of every service; give this service's own setting another name.`);
    }
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
      throw new Error(`${name} cannot be a variable: a setting's name is written in capitals, digits and underscores.`);
    }
  }
  // `when` runs these even if another field is wrong, so that every error is told at once.
  const always = { when: () => true };
  return z
    .object({ ...shared, ...own.shape })
    .refine((all: Checked) => all.LAUREL_ENV !== 'production' || !all.CRASH_POINTS, {
      ...always,
      path: ['CRASH_POINTS'],
      error: 'is refused in production. Remove it, or set LAUREL_ENV=test where a crash is wanted',
    })
    .refine(
      ({ LAUREL_ENV, OIDC_ISSUER }: Checked) =>
        LAUREL_ENV !== 'production' || !OIDC_ISSUER?.startsWith('http:') || loopback.test(OIDC_ISSUER),
      {
        ...always,
        path: ['OIDC_ISSUER'],
        error: 'must be https in production: whoever can answer for the issuer can sign any token',
      },
    );
}
