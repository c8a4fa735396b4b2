import { z } from 'zod';

/** The version in a path: 1, 2, 3… */
export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
