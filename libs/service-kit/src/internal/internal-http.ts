import { traceContext } from '@laurel/messaging';
import { tenantHeader } from '../auth/tenant-header.ts';
import { type ClientCredentials, ServiceToken } from './service-token.ts';
import { ServiceUnavailable } from './service-unavailable.ts';

/** What a call may say beside its path. */
export interface InternalCall {
  /** `POST` with `json`, else `GET`, if left out. */
  readonly method?: 'GET' | 'POST';
  readonly json?: unknown;
  /** The tenant that the call acts in: `@CurrentTenant()` of the internal route. */
  readonly tenantId?: string;
  /** Milliseconds for all of it, with the token; 10,000 if left out. */
  readonly timeoutMs?: number;
  /** The service's name for the 503 problem, such as `certificate-generator`. */
  readonly service?: string;
}

/** An answer, whatever its status. */
export interface InternalAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

const largest = 16 * 1024 * 1024;
const patience = 10_000;
const pause = 2;
const outages = new Set([502, 503, 504]);

/**
 * Calls the `@Internal()` routes of other services, with a token of audience `laurel-internal` and with the trace of the work
 * that is going on. Given to services whose settings hold `internalHttpSettings`.
 */
export class InternalHttp {
  private readonly token: ServiceToken;

  constructor(credentials: ClientCredentials) {
    this.token = new ServiceToken(credentials);
  }

  /**
   * Answers what the service answers, up to 16 MB; a 401 once gets a new token and a second try. Throws
   * {@link ServiceUnavailable} when it cannot be reached in time or answers 502, 503 or 504, or when the provider gives no token.
   *
   * @param baseUrl the service's address without a path, from the settings of the caller
   * @param path begins with `/`
   */
  async call(baseUrl: string, path: string, options: InternalCall = {}): Promise<InternalAnswer> {
    if (!path.startsWith('/')) throw new TypeError(`The path ${path} has to begin with a slash.`);
    const service = options.service ?? 'a service of Laurel';
    const url = baseUrl.replace(/\/$/, '') + path;
    const signal = AbortSignal.timeout(options.timeoutMs ?? patience);
    const token = await this.tokenFor(service, signal);
    const first = await send(url, token, service, signal, options);
    if (first.status !== 401) return first;
    this.token.refused(token);
    return send(url, await this.tokenFor(service, signal), service, signal, options);
  }

  private async tokenFor(service: string, signal: AbortSignal): Promise<string> {
    try {
      return await inTime(this.token.get(), signal);
    } catch (cause) {
      throw new ServiceUnavailable(service, `no token for ${service}: ${reasonOf(cause)}`, pause, { cause });
    }
  }
}

async function send(
  url: string,
  token: string,
  service: string,
  signal: AbortSignal,
  { json, method = json === undefined ? 'GET' : 'POST', tenantId }: InternalCall,
): Promise<InternalAnswer> {
  const { traceparent, correlationId } = traceContext.getStore() ?? {};
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (tenantId !== undefined) headers.set(tenantHeader, tenantId);
  if (traceparent !== undefined) headers.set('traceparent', traceparent);
  if (correlationId !== undefined) headers.set('x-correlation-id', correlationId);
  let answer: InternalAnswer | undefined;
  try {
    // A redirect would carry the token to wherever it leads.
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const response = await fetch(url, { method, headers, signal, redirect: 'error', ...body });
    answer = { status: response.status, headers: response.headers, body: await bodyOf(response, url) };
  } catch (cause) {
    if (cause instanceof AnswerTooLarge) throw cause;
    throw new ServiceUnavailable(service, `${service} at ${new URL(url).host}: ${reasonOf(cause)}`, pause, { cause });
  }
  if (outages.has(answer.status)) {
    const asked = Number(answer.headers.get('retry-after'));
    const seconds = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 300) : pause;
    throw new ServiceUnavailable(service, `${service} answers ${answer.status}`, seconds);
  }
  return answer;
}

/** A service has answered more than a call may bring. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

async function bodyOf(response: Response, url: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    // Leaving the loop ends the connection.
    if (size > largest) {
      throw new AnswerTooLarge(`${new URL(url).host} answers more than ${largest} bytes: ask for less at once.`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(signal.reason as Error);
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

/** What fetch hides in the cause of its "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : error.message;
}
