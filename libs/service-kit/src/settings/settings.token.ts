import type { z } from 'zod';
import type { BaseSettings } from './base-settings.ts';

/** Injects the parsed settings: `@Inject(SETTINGS) settings: Settings<typeof recorderSettings>`. They are frozen. */
export const SETTINGS = Symbol('laurel.settings');

/** The base settings together with those of one service's own schema. */
export type Settings<Own extends z.ZodObject> = BaseSettings & z.output<Own>;
