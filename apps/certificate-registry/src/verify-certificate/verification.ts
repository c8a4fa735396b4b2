import { publicData } from '@laurel/contracts';
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
  recipient: z.object({
    name: z
      .string()
      .optional()
      .meta({ description: 'As far as its tenant shows it: in full, as initials, or not at all' }),
  }),
  achievement: z.object({ name: z.string(), description: z.string(), criteria: z.string() }),
  issuer: z.object({
    id: z.uuid().optional(),
    did: z.string().meta({ description: 'Of an issuer elsewhere that has none: its https address' }),
    name: z.string(),
    url: z.string().optional(),
  }),
  validFrom: instant.optional().meta({ description: 'Left out where an issuer elsewhere says nothing' }),
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
      pdf: z.string().optional(),
      credential: z.string().optional(),
      png: z.string().optional(),
      svg: z.string().optional().meta({ description: 'Of designs that are an SVG' }),
    })
    .optional()
    .meta({ description: 'Beside `verify` left out where its tenant does not show documents' }),
  shown: publicData.optional().meta({ description: 'What its tenant shows, where that is not everything' }),
});

/** What a verifier is told: the verdict, every reason for it, and of what is signed what can be believed. */
export const verification = z
  .object({
    verdict: z.enum(verdicts).meta({ description: '`valid` is the only good one' }),
    reasons: z
      .array(
        z.object({
          code: z.string().meta({ description: 'For programs; it never changes' }),
          message: z.string().meta({ description: 'For people, in English' }),
          words: z.string().optional().meta({ description: 'What the issuer wrote; it stands in the message too' }),
          until: instant.optional().meta({ description: 'When a suspension ends' }),
        }),
      )
      .min(1)
      .meta({ description: 'The first one is the verdict’s own' }),
    trust: z
      .object({
        listed: z.boolean(),
        name: z.string().optional().meta({ description: 'As the list of trusted issuers has it' }),
        list: z.string().meta({ description: 'Where that list is kept' }),
      })
      .optional()
      .meta({ description: 'Of issuers elsewhere: whether they are on the list of those that are trusted here' }),
    certificate: verifiedCertificate
      .optional()
      .meta({ description: 'As it was signed; left out where the signature does not hold' }),
  })
  .meta({ id: 'Verification' });

/** What a verifier is told. */
export type Verification = z.output<typeof verification>;

/** What was signed, and where it can be had. */
export type VerifiedCertificate = z.output<typeof verifiedCertificate>;
