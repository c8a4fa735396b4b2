import { z } from 'zod';
import { plainText } from './plain-text.ts';
import { webLink } from './web-link.ts';

/** What a verifier can look at, as Open Badges 3.0 wants it told (section B.1.9, Evidence). */
export const evidence = z.object({
  url: webLink.max(2_000),
  name: plainText(300).optional(),
  description: plainText(2_000).optional(),
});
