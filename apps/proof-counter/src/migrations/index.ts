import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateTally1770200000001 } from './1770200000001-create-tally.ts';

/** Listed by hand: a glob over the build would also run what an older build left there. */
export const migrations = [CreateOutbox1770000000001, CreateInbox1770000000002, CreateTally1770200000001];
