import { z } from 'zod';

/** A program that may ask for tokens with its secret (client credentials), and what these tokens say of it. */
export const machineClient = z.object({
  id: z.string(),
  secret: z.string(),
  /** "laurel" for the HTTP interfaces, "laurel-internal" for the calls between services. */
  audience: z.enum(['laurel', 'laurel-internal']),
  tenant: z.string().optional(),
  roles: z.array(z.string()),
});
