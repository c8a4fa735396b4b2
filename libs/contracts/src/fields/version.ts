import { z } from 'zod';

/** The version of a thing that others refer to: 1, 2, 3… */
export const version = z.number().int().min(1);
