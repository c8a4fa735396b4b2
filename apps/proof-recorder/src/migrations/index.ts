import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateRecording1770100000001 } from './1770100000001-create-recording.ts';

/** Listed by hand: a glob over the build would also run what an older build left there. */
export const migrations = [CreateOutbox1770000000001, CreateInbox1770000000002, CreateRecording1770100000001];
