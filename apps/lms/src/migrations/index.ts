import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateIdempotency1770000000003 } from '@laurel/service-kit';
import { CreateCourses1771000000001 } from './1771000000001-create-courses.ts';
import { CreateLearners1771000000002 } from './1771000000002-create-learners.ts';
import { CreateCatalogue1771000000003 } from './1771000000003-create-catalogue.ts';
import { CreateCertificates1771000000004 } from './1771000000004-create-certificates.ts';
import { ChoosePublicData1771000000005 } from './1771000000005-choose-public-data.ts';

/** Listed by hand: a glob over the build would also run what an older build left there. */
export const migrations = [
  CreateOutbox1770000000001,
  CreateInbox1770000000002,
  CreateIdempotency1770000000003,
  CreateCourses1771000000001,
  CreateLearners1771000000002,
  CreateCatalogue1771000000003,
  CreateCertificates1771000000004,
  ChoosePublicData1771000000005,
];
