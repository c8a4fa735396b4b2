import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningOidc } from '../oidc/running-oidc.ts';
import { tokenSource } from '../supervisor/token-source.ts';

/** Who calls: a machine client of the embedded OIDC server, `<tenant>-<role>`. */
export type DemoCaller = `${string}-${'operator' | 'admin' | 'creator' | 'issuer' | 'viewer' | 'learner'}`;

/** One call of a public HTTP interface. */
export interface DemoCall {
  readonly service: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** JSON, or text or bytes of another media type. */
  readonly body?: unknown;
  readonly mediaType?: string;
  /** Left out on public routes. */
  readonly caller?: DemoCaller;
}

/** What a service answered. */
export interface DemoAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  json<T>(): T;
}

const PATIENCE_MS = 60_000;

/** The public HTTP interfaces of Laurel as a foreign program uses them: with tokens, and with patience where a service asks for it. */
export class DemoApi {
  private readonly tokens = new Map<string, () => Promise<string>>();

  constructor(
    private readonly addressOf: (service: string) => string,
    private readonly issuer: string,
    private readonly clients: RunningOidc['clients'],
  ) {}

  /** Calls, waits and repeats where the answer says Retry-After. Rejects with the problem for any other answer that is no success. */
  async call(call: DemoCall): Promise<DemoAnswer> {
    const until = performance.now() + PATIENCE_MS;
    const idempotencyKey = randomUUID();
    for (;;) {
      const answer = await this.ask(call, idempotencyKey);
      if (answer.status < 400) return answer;
      const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
      const patient = [409, 429, 503].includes(answer.status) && Number.isFinite(seconds);
      if (!patient || performance.now() > until) {
        throw new Error(
          `${call.method ?? 'GET'} ${call.service} ${call.path} answers ${answer.status}: ${answer.bytes.toString('utf8').slice(0, 600)}`,
        );
      }
      await pause(Math.min(seconds * 1_000, 5_000));
    }
  }

  /** Calls once, whatever the answer. */
  async ask(call: DemoCall, idempotencyKey: string = randomUUID()): Promise<DemoAnswer> {
    const method = call.method ?? 'GET';
    const response = await fetch(`${this.addressOf(call.service)}${call.path}`, {
      method,
      headers: {
        ...(call.caller === undefined ? {} : { authorization: `Bearer ${await this.token(call.caller)}` }),
        ...(call.body === undefined ? {} : { 'content-type': call.mediaType ?? 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(call.body === undefined ? {} : { body: content(call) }),
      signal: AbortSignal.timeout(30_000),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      json: <T>() => JSON.parse(bytes.toString('utf8')) as T,
    };
  }

  private async token(caller: DemoCaller): Promise<string> {
    let source = this.tokens.get(caller);
    if (source === undefined) {
      const client = this.clients.find(({ id }) => id === caller);
      if (client === undefined) throw new Error(`The OIDC server has no client ${caller}.`);
      source = tokenSource(this.issuer, client.id, client.secret);
      this.tokens.set(caller, source);
    }
    return source();
  }
}

function content({ body, mediaType }: DemoCall): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' && mediaType !== undefined ? body : JSON.stringify(body);
}
