import type { NewEvent, Outbox } from '@laurel/messaging';
import type { Events } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { certificateReferenceOf } from '../certificates/certificate-reference-of.ts';
import type { ChangeableCertificate } from './changeable-certificate.ts';

/** Says the present state of certificates that were revoked, suspended, reinstated or withdrawn, one event of each. */
export async function sayChanges(
  transaction: Transaction,
  outbox: Outbox,
  certificates: readonly ChangeableCertificate[],
): Promise<void> {
  await outbox.add(
    transaction,
    'certificate.changed',
    certificates.filter(({ state }) => state !== 'withdrawn').map(changed),
  );
  await outbox.add(
    transaction,
    'certificate.failed',
    certificates.filter(({ state }) => state === 'withdrawn').map(withdrawn),
  );
}

function changed(row: ChangeableCertificate): NewEvent<Events['certificate.changed']> {
  const event = { tenantId: row.tenant_id, sequence: row.version };
  const data = {
    ...certificateReferenceOf(row),
    recipient: { learnerId: row.recipient_learner_id, name: row.recipient_name },
    changedAt: row.state_changed_at.toISOString(),
    reason: row.state_reason ?? '',
  };
  switch (row.state) {
    case 'revoked':
      return { ...event, type: 'certificate.revoked.v1', data: { ...data, state: row.state } };
    case 'issued':
      return { ...event, type: 'certificate.reinstated.v1', data: { ...data, state: row.state } };
    case 'suspended': {
      const until = row.suspended_until === null ? {} : { until: row.suspended_until.toISOString() };
      return { ...event, type: 'certificate.suspended.v1', data: { ...data, ...until, state: row.state } };
    }
    default:
      throw new Error(`No event tells that a certificate became ${row.state}`);
  }
}

function withdrawn(row: ChangeableCertificate): NewEvent<Events['certificate.failed']> {
  return {
    tenantId: row.tenant_id,
    sequence: row.version,
    data: {
      ...certificateReferenceOf(row),
      state: 'withdrawn',
      requestId: row.request_id,
      failure: { type: 'withdrawn', reason: row.failure_reason ?? '' },
      failedAt: row.state_changed_at.toISOString(),
    },
  };
}
