import { z } from 'zod';

/** What is kept on disk of a process that was started, so that a later start can tell it from a stranger with its pid. */
export const processRecord = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  startTime: z.string(),
  stopSignal: z.enum(['SIGTERM', 'SIGINT']),
  graceMs: z.number(),
});
