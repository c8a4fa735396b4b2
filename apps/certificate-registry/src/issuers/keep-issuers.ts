import { didWebOf } from '@laurel/credentials';
import { Outbox } from '@laurel/messaging';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { Problem, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { v4 } from 'uuid';
import type { RegistrySettings } from '../config.ts';
import { type IssuerChange, IssuerRepository, type IssuerRow } from './issuer.repository.ts';

/** Makes and changes issuers, and says how they are now. Their keys are made by the generator, at the first certificate. */
@Injectable()
export class KeepIssuers {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly issuers: IssuerRepository,
  ) {}

  /** @returns the id of the issuer */
  async create(
    transaction: Transaction,
    tenantId: string,
    given: { id?: string | undefined; name: string; url: string; image?: string | undefined },
  ): Promise<string> {
    const id = given.id?.toLowerCase() ?? v4();
    const did = didWebOf(this.settings.PUBLIC_URL, id);
    const { name, url, image = null } = given;
    const row = await this.issuers.add(transaction, { id, tenant_id: tenantId, name, url, image, did });
    if (!row) {
      throw new Problem(409, {
        code: 'issuer-exists',
        detail: 'An issuer with this id exists already; PATCH changes yours, and without an id a new one is made.',
      });
    }
    await this.say(transaction, row);
    return id;
  }

  async change(tenantId: string, id: string, change: IssuerChange): Promise<IssuerRow | undefined> {
    return this.unitOfWork.run(async (transaction) => {
      const row = await this.issuers.change(transaction, tenantId, id, change);
      if (row) await this.say(transaction, row);
      return row;
    });
  }

  private async say(transaction: Transaction, row: IssuerRow): Promise<void> {
    await this.outbox.add(transaction, 'issuer.updated', [
      {
        tenantId: row.tenant_id,
        sequence: row.version,
        data: { issuerId: row.id, name: row.name, url: row.url, did: row.did },
      },
    ]);
  }
}
