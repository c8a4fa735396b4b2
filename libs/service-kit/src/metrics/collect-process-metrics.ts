import { collectDefaultMetrics, register } from 'prom-client';

/** Registers prom-client's metrics of the process, once however many services a test process makes. */
export function collectProcessMetrics(): void {
  // The event-loop sampler wakes the process; ten times a second is enough for a gauge, a hundred costs idle CPU.
  if (!register.getSingleMetric('process_cpu_seconds_total'))
    collectDefaultMetrics({ eventLoopMonitoringPrecision: 100 });
}
