import { z } from 'zod';

const instant = z.iso.datetime();
const verdicts = [
  'valid',
  'expired',
  'not-yet-valid',
  'revoked',
  'suspended',
  'superseded',
  'tampered',
  'unknown-issuer',
  'unreadable',
  'status-unknown',
] as const;

const verifiedCertificate = z.object({
  id: z.uuid().optional(),
  publicId: z.string().optional(),
  number: z.string().optional(),
  recipient: z.object({ name: z.string() }),
  achievement: z.object({ name: z.string(), description: z.string(), criteria: z.string() }),
  issuer: z.object({ id: z.uuid().optional(), did: z.string(), name: z.string(), url: z.string().optional() }),
  validFrom: instant,
  validUntil: instant.optional(),
  changedAt: instant.optional().meta({ description: 'When it was revoked, suspended or superseded' }),
  timeZone: z.string().optional().meta({ description: 'In which its dates are printed; UTC where it is left out' }),
  results: z.array(
    z.object({
      name: z.string(),
      type: z
        .string()
        .meta({ description: '`Percent` where the value is a percentage; else as Open Badges 3.0 has it' }),
      value: z.string(),
    }),
  ),
  supersededBy: z.object({ publicId: z.string(), number: z.string(), verify: z.string() }).optional(),
  hashes: z.object({ pdf: z.string(), credential: z.string() }).optional(),
  links: z
    .object({
      verify: z.string(),
      pdf: z.string(),
      credential: z.string(),
      png: z.string(),
      svg: z.string().optional().meta({ description: 'Of designs that are an SVG' }),
    })
    .optional(),
});

/** What a verifier is told: the verdict, every reason for it, and of what is signed what can be believed. */
export const verification = z
  .object({
    verdict: z.enum(verdicts).meta({ description: '`valid` is the only good one' }),
    reasons: z.array(z.object({ code: z.string(), message: z.string() })).min(1),
    certificate: verifiedCertificate
      .optional()
      .meta({ description: 'As it was signed; left out where the signature does not hold' }),
  })
  .meta({ id: 'Verification' });

/** What a verifier is told. */
export type Verification = z.output<typeof verification>;

/** What was signed, and where it can be had. */
export type VerifiedCertificate = z.output<typeof verifiedCertificate>;
