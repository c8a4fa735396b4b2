import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateRules1771200000001 } from './1771200000001-create-rules.ts';

/**
 * Listed by hand: a glob over the build would also run what an older build left there. Every fact has a key of its own;
 * the inbox is here for the dead letters, which are buried once by it.
 */
export const migrations = [CreateOutbox1770000000001, CreateInbox1770000000002, CreateRules1771200000001];
