import { z } from 'zod';

/** What a setting says about itself with `.meta(...)`. */
export interface SettingMeta {
  /** One sentence: what it is for. It stands on the settings page and in every error about it. */
  readonly description?: string;
  /** A value that would be accepted; the fix in an error. */
  readonly example?: string;
  /** A secret's default and example are never shown. Values are never shown, secret or not. */
  readonly secret?: boolean;
  /** The value when nothing is set; undefined when the schema has no default. */
  readonly defaultValue?: unknown;
  /** Whether the variable may be left out without a default. */
  readonly optional: boolean;
}

interface Wrapping {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly defaultValue?: unknown;
}

/**
 * Reads the marks of a setting through its wrappers (`default`, `optional`, `pipe`): zod keeps `.meta()` on the schema
 * that it was called on, which may be an inner one. The outermost mark wins.
 */
export function settingMeta(schema: z.core.$ZodType): SettingMeta {
  let meta: { description?: string; example?: string; secret?: boolean } = {};
  let defaultValue: unknown;
  let optional = false;
  for (let current: z.core.$ZodType | undefined = schema; current;) {
    const { type, innerType, in: input, defaultValue: value } = current._zod.def as unknown as Wrapping;
    meta = { ...(z.globalRegistry.get(current) as typeof meta | undefined), ...meta };
    if (type === 'default' || type === 'prefault') defaultValue ??= value;
    if (type === 'optional') optional = true;
    current = innerType ?? input;
  }
  return { ...meta, optional, ...(defaultValue === undefined ? {} : { defaultValue }) };
}
