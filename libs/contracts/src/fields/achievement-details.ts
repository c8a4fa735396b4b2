import { z } from 'zod';
import { printable } from '../identifiers/printable.ts';
import { plainText } from './plain-text.ts';
import { webLink } from './web-link.ts';

/** Verifiers in several languages sort tags, and not all of them alike where characters lie beyond the first 65,536: emoji. */
const tag = printable(64).regex(/^[^\u{10000}-\u{10ffff}]*$/u, 'must be without emoji');

/** What may be told of an achievement beside its name, description and criteria; readers of badges show it where it is given. */
export const achievementDetails = {
  criteriaUrl: webLink.max(2_000).optional().meta({ description: 'Where the criteria stand at length' }),
  image: webLink.max(2_000).optional().meta({ description: 'The address of its picture, the badge' }),
  humanCode: printable(64).optional().meta({ description: 'The code that people know it by: RUST-101' }),
  inLanguage: z
    .string()
    .regex(/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, 'must be a language like en, pt-BR or zh-Hant-TW')
    .optional()
    .meta({ description: 'The language that it was taught in' }),
  tags: z.array(tag).min(1).max(20).optional().meta({ description: 'Words to find it by' }),
  alignments: z
    .array(
      z.object({
        name: plainText(300),
        url: webLink.max(2_000),
        code: printable(64).optional(),
        framework: plainText(300).optional(),
      }),
    )
    .min(1)
    .max(20)
    .optional()
    .meta({ description: 'To what it corresponds in other frameworks of skills and qualifications' }),
};
