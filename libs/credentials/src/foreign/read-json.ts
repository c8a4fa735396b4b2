import { JsonRefused, parseStrictJson } from '../verification/parse-strict-json.ts';

/** The JSON object that a text is, every member with one meaning; nothing where it is none. */
export function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseStrictJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
  }
  return undefined;
}
