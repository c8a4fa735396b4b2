import { z } from 'zod';

/** A setting that lists values with commas between them: `a, b` is read as `['a', 'b']`. Empty entries are dropped. */
export function commaList<Entry extends z.ZodType<string, string>>(entry: Entry) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(entry));
}
