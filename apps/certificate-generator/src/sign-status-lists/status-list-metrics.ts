import { Counter, Gauge, register } from 'prom-client';

const [age, signed, failed] = [
  'laurel_status_change_oldest_seconds',
  'laurel_status_lists_signed_total',
  'laurel_status_lists_failed_total',
];

/** What the signer of status lists tells, on prom-client's default registry; without ids. */
export class StatusListMetrics {
  private readonly age =
    (register.getSingleMetric(age) as Gauge | undefined) ??
    new Gauge({ name: age, help: 'Age of the oldest revocation or replacement that no signed status list shows yet' });
  private readonly signed =
    (register.getSingleMetric(signed) as Counter | undefined) ??
    new Counter({ name: signed, help: 'Editions of status lists that were signed' });
  private readonly failed =
    (register.getSingleMetric(failed) as Counter | undefined) ??
    new Counter({ name: failed, help: 'Status lists that could not be signed, each try counted' });

  /** @param seconds the age; 0 when all is signed */
  behind(seconds: number): void {
    this.age.set(seconds);
  }

  countSigned(): void {
    this.signed.inc();
  }

  countFailed(): void {
    this.failed.inc();
  }
}
