import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { plainText } from '../fields/plain-text.ts';
import { webLink } from '../fields/web-link.ts';
import { printable } from '../identifiers/printable.ts';

const data = z.object({
  issuerId: z.uuid(),
  name: plainText(200),
  url: webLink,
  did: printable(512).meta({ description: 'A did:web whose document certificate-registry serves' }),
});

/** Who signs, as they are now: profile and DID, never a key. */
export const issuerUpdated = defineContract({
  fact: 'issuer.updated',
  version: 1,
  description: 'An issuer was made or changed; the newest record of a key is how it is now.',
  topics: [{ name: 'issuer.updated', partitions: 3, retention: 'compact' }],
  producers: ['certificate-registry'],
  consumers: ['lms'],
  key: { of: 'issuer', from: (_tenant, issuer) => issuer.issuerId },
  data,
  examples: [
    {
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      name: 'Acme Academy',
      url: 'https://academy.example',
      did: 'did:web:certificates.example:issuers:0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
    },
  ],
});

export type IssuerUpdated = EventOf<typeof issuerUpdated>;
