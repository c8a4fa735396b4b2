import { CreateIssuer1771300000001 } from './1771300000001-create-issuer.ts';
import { CreateCertificate1771300000002 } from './1771300000002-create-certificate.ts';
import { CreateRegistryTables1771300000003 } from './1771300000003-create-registry-tables.ts';
import { GrantRegistry1771300000004 } from './1771300000004-grant-registry.ts';
import { ServeRegistry1771300000050 } from './1771300000050-serve-registry.ts';
import { FindByRequest1771300000051 } from './1771300000051-find-by-request.ts';
import { CreateObjectSweep1771300000060 } from './1771300000060-create-object-sweep.ts';
import { GrantRetry1771300000061 } from './1771300000061-grant-retry.ts';
import { RotateIssuerKeys1771300000070 } from './1771300000070-rotate-issuer-keys.ts';
import { CreateStatusLists1771300000071 } from './1771300000071-create-status-lists.ts';
import { ChangeMany1771300000072 } from './1771300000072-change-many.ts';
import { CreateTrustedIssuers1771300000073 } from './1771300000073-create-trusted-issuers.ts';
import { CreateKnownTenants1771300000074 } from './1771300000074-create-known-tenants.ts';
import { ShowIssuerLogos1771300000075 } from './1771300000075-show-issuer-logos.ts';

/**
 * The migrations of the database `certificates`. Both of its services list them behind those of the outbox and of the
 * idempotency keys; only the generator's role runs them.
 */
export const certificateMigrations = [
  CreateIssuer1771300000001,
  CreateCertificate1771300000002,
  CreateRegistryTables1771300000003,
  GrantRegistry1771300000004,
  ServeRegistry1771300000050,
  FindByRequest1771300000051,
  CreateObjectSweep1771300000060,
  GrantRetry1771300000061,
  RotateIssuerKeys1771300000070,
  CreateStatusLists1771300000071,
  ChangeMany1771300000072,
  CreateTrustedIssuers1771300000073,
  CreateKnownTenants1771300000074,
  ShowIssuerLogos1771300000075,
];
