import { z } from 'zod';

/** The body of every error answer (RFC 9457, section 3), with `errors` and `traceId` as extensions. */
export const problemDocument = z.object({
  type: z.string().meta({ description: 'urn:laurel:problem:<code>; the code is stable' }),
  title: z.string().meta({ description: 'The text of the status' }),
  status: z.int().meta({ description: 'The HTTP status' }),
  detail: z.string().meta({ description: 'What is wrong and how to mend it' }),
  errors: z
    .array(
      z.object({
        in: z.enum(['body', 'query', 'path', 'header']),
        name: z.string().optional(),
        pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901)' }),
        code: z.string(),
        detail: z.string(),
      }),
    )
    .optional()
    .meta({ description: 'Every field that is wrong' }),
  traceId: z.string().optional().meta({ description: 'Names this request in the logs' }),
});

/** The parsed body of an error answer. */
export type ProblemDocument = z.output<typeof problemDocument>;
