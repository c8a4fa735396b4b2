import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateIdempotency1770000000003 } from '@laurel/service-kit';
import { CreateAssets1771100000001 } from './1771100000001-create-assets.ts';
import { KeepSamplesAndFonts1771100000050 } from './1771100000050-keep-samples-and-fonts.ts';

/** Listed by hand: a glob over the build would also run what an older build left there. */
export const migrations = [
  CreateOutbox1770000000001,
  // Its handler has a key of its own, but what is redriven or buried is noted there.
  CreateInbox1770000000002,
  CreateIdempotency1770000000003,
  CreateAssets1771100000001,
  KeepSamplesAndFonts1771100000050,
];
