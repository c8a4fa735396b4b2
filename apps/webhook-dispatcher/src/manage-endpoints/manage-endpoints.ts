import { checkOutboundUrl } from '@laurel/outbound-http';
import { UnitOfWork, type Transaction } from '@laurel/persistence';
import {
  Idempotency,
  type IdempotentRequest,
  Problem,
  SETTINGS,
  type Settings,
  validationProblem,
} from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { settings } from '../config.ts';
import { DeliveryRepository } from '../deliveries/delivery.repository.ts';
import { type EndpointRow, EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { LaneRepository } from '../lanes/lane.repository.ts';
import { WakeSignal } from '../lanes/wake-signal.ts';
import { SigningSecrets } from '../signing/signing-secrets.ts';
import type { endpointSchemas } from './endpoint-schemas.ts';
import { endpointUnknown } from './endpoint-unknown.ts';

const mostPerTenant = 50;

/** What the owner of an endpoint does with it. Whatever a sender relies on is changed under the lock of its lane. */
@Injectable()
export class ManageEndpoints {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly secrets: SigningSecrets,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly signal: WakeSignal,
    @Inject(SETTINGS) private readonly config: Settings<typeof settings>,
  ) {}

  async create(request: IdempotentRequest, tenantId: string, body: z.output<typeof endpointSchemas.create>) {
    this.checkUrl(body.url);
    let secret: string | undefined;
    const { id, repeated } = await this.idempotency.once(request, async (transaction) => {
      if ((await this.endpoints.countForMaking(transaction, tenantId)) >= mostPerTenant) {
        throw new Problem(409, {
          code: 'endpoints-full',
          detail: `A tenant can have ${mostPerTenant} endpoints; delete one that is not used.`,
        });
      }
      const uuid = v7();
      const externalId = body.id ?? uuid;
      const { url, types, description = null } = body;
      const row = { id: uuid, tenant_id: tenantId, external_id: externalId, url, types, description };
      if (!(await this.endpoints.add(transaction, row))) {
        throw new Problem(409, {
          code: 'endpoint-exists',
          detail: 'There is an endpoint of this id; change it by PATCH, or choose another id.',
        });
      }
      secret = await this.secrets.make(transaction, uuid);
      return externalId;
    });
    return { endpoint: await this.read(tenantId, id), secret, repeated };
  }

  async read(tenantId: string, externalId: string): Promise<EndpointRow> {
    const row = await this.endpoints.find(tenantId, externalId);
    if (!row) throw endpointUnknown();
    return row;
  }

  async change(tenantId: string, externalId: string, change: z.output<typeof endpointSchemas.change>) {
    if (change.url !== undefined) this.checkUrl(change.url);
    await this.underLock(tenantId, externalId, async (transaction, row) => {
      const { url, types, description, state } = change;
      await this.endpoints.change(transaction, row.id, {
        ...(url === undefined ? {} : { url }),
        ...(types === undefined ? {} : { types }),
        ...(description === undefined ? {} : { description }),
        ...(state === undefined ? {} : { state }),
      });
      if (state !== undefined && state !== row.state) {
        await this.lanes.activate(transaction, row.id, state === 'active');
        transaction.afterCommit(this.signal.wake);
      }
    });
    return this.read(tenantId, externalId);
  }

  /** Its deliveries stay readable; those that still wait are cancelled, and its secrets are gone. */
  async delete(tenantId: string, externalId: string): Promise<void> {
    await this.underLock(tenantId, externalId, async (transaction, row) => {
      await this.endpoints.change(transaction, row.id, { state: 'deleted' });
      await this.lanes.activate(transaction, row.id, false);
      await this.deliveries.cancelPending(transaction, row.id);
      await this.secrets.forget(transaction, row.id);
    });
  }

  async rotateSecret(request: IdempotentRequest, tenantId: string, externalId: string) {
    let secret: string | undefined;
    const { repeated } = await this.idempotency.once(request, async (transaction) => {
      const row = await this.endpoints.lock(transaction, tenantId, externalId);
      if (!row) throw endpointUnknown();
      secret = await this.secrets.rotate(transaction, row.id);
      // A new version is what tells every process to read the keys again.
      await this.endpoints.change(transaction, row.id, {});
      return externalId;
    });
    return { secret, repeated };
  }

  private async underLock(
    tenantId: string,
    externalId: string,
    work: (transaction: Transaction, row: EndpointRow) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const row = await this.endpoints.lock(transaction, tenantId, externalId);
      if (!row) throw endpointUnknown();
      await work(transaction, row);
    });
  }

  private checkUrl(url: string): void {
    const detail = checkOutboundUrl(url, this.config.OUTBOUND_ALLOW, { httpsOnly: this.config.OUTBOUND_HTTPS_ONLY });
    if (detail) throw validationProblem([{ in: 'body', pointer: '/url', code: 'refused', detail }]);
  }
}
