import { Histogram, register } from 'prom-client';

const name = 'laurel_http_request_duration_seconds';

/** Durations of HTTP requests by method, route pattern and status. A pattern never holds an id, a path would. */
export class HttpMetrics {
  private readonly durations =
    (register.getSingleMetric(name) as Histogram<'method' | 'route' | 'status'> | undefined) ??
    new Histogram({
      name,
      help: 'Time from the first byte of a request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });

  /** `route` is the pattern, or undefined for a request that met no route. */
  observe(method: string, route: string | undefined, status: number, seconds: number): void {
    this.durations.observe({ method, route: route ?? 'none', status: String(status) }, seconds);
  }
}
