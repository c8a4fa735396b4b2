import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateIdempotency1770000000003 } from '@laurel/service-kit';
import { CreateEndpoint1771400000001 } from './1771400000001-create-endpoint.ts';
import { CreateDelivery1771400000002 } from './1771400000002-create-delivery.ts';

/** Listed by hand: a glob over the build would also run what an older build left there. */
export const migrations = [
  CreateOutbox1770000000001,
  CreateInbox1770000000002,
  CreateIdempotency1770000000003,
  CreateEndpoint1771400000001,
  CreateDelivery1771400000002,
];
