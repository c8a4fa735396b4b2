import { Pool } from 'undici';
import { checkOutboundUrl } from '../urls/check-outbound-url.ts';
import { explainFailure } from './explain-failure.ts';
import { guardedConnector, type ResolveAll } from './guarded-connector.ts';
import { OutboundError } from './outbound-error.ts';
import { readHead } from './read-head.ts';

export interface OutboundOptions {
  /** `host:port` pairs that may be called although they are not public, exactly as the URL writes them; for development. */
  readonly allow?: readonly string[];
  /** Refuses http, but for what `allow` names. */
  readonly httpsOnly?: boolean;
  /** 5,000 if left out. */
  readonly connectTimeoutMs?: number;
  /** From the call to the last byte; 15,000 if left out. */
  readonly totalTimeoutMs?: number;
  /** Bytes of an answer's body that are read; 16,384 if left out. */
  readonly maxBodyBytes?: number;
  /** Servers whose connections are kept; the one that was used least recently is given up first. 1,000 if left out. */
  readonly maxOrigins?: number;
  /** Certificates (PEM) to trust instead of the system's. */
  readonly ca?: string;
  /** For tests: what a name resolves to. Its answers are judged like any. */
  readonly lookup?: ResolveAll;
}

export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds in all, where it is to be less than the client's total. */
  readonly timeoutMs?: number;
}

export interface OutboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The first bytes of the body; it is never decompressed. */
  readonly body: Buffer;
  /** The body was longer than that. */
  readonly truncated: boolean;
  readonly milliseconds: number;
  /** The address of the newest connection to that server, for operators; tenants are not shown it. */
  readonly address: string | undefined;
}

const headerBytes = 16_384;
const keepAliveMs = 30_000;

/**
 * The only way to a URL that a user supplied. Redirects are answers like any other and never followed; every address is
 * judged inside its connection (see guarded-connector.ts); time, header and body are bounded.
 */
export class OutboundHttp {
  /** By origin; the one used last stands last. */
  private readonly places = new Map<string, Place>();
  private readonly connector: ReturnType<typeof guardedConnector>;
  private isClosed = false;

  constructor(private readonly options: OutboundOptions = {}) {
    this.connector = guardedConnector({
      allow: options.allow ?? [],
      connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.lookup === undefined ? {} : { resolve: options.lookup }),
    });
  }

  /**
   * Makes one request over HTTP/1.1, and never a second one.
   *
   * @throws {OutboundError} when there is no whole header of an answer in time. An answer of any status is no error
   */
  async request(request: OutboundRequest): Promise<OutboundResponse> {
    const problem = checkOutboundUrl(request.url, this.options.allow, { httpsOnly: this.options.httpsOnly ?? false });
    if (problem) throw new OutboundError('url', `The URL ${problem}`);
    if (this.isClosed) throw new OutboundError('closed', 'The sender is shutting down');
    const url = new URL(request.url);
    const place = this.placeOf(url.origin);
    const total = this.options.totalTimeoutMs ?? 15_000;
    const milliseconds = Math.min(request.timeoutMs ?? total, total);
    const over = new AbortController();
    const timer = setTimeout(
      () => over.abort(new OutboundError('timeout', `No whole answer within ${milliseconds} ms`)),
      milliseconds,
    );
    place.running++;
    try {
      return await this.send(place, url, request, over.signal);
    } catch (error) {
      // After the deadline undici may report the broken socket instead of the reason for which it was broken.
      if (over.signal.aborted) throw over.signal.reason;
      throw this.isClosed ? new OutboundError('closed', 'The sender is shutting down') : explainFailure(error);
    } finally {
      clearTimeout(timer);
      place.running--;
    }
  }

  /** Breaks what still runs and closes every connection. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.places.values()].map(({ pool }) => pool.destroy()));
    this.places.clear();
  }

  private async send(place: Place, url: URL, request: OutboundRequest, signal: AbortSignal): Promise<OutboundResponse> {
    const begin = performance.now();
    const answer = await place.pool.request({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      body: request.body ?? null,
      signal,
    });
    const { bytes, truncated } = await readHead(answer.body, this.options.maxBodyBytes ?? 16_384);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: bytes,
      truncated,
      milliseconds: performance.now() - begin,
      address: place.address,
    };
  }

  private placeOf(origin: string): Place {
    const known = this.places.get(origin);
    const place = known ?? this.open(origin);
    this.places.delete(origin);
    this.places.set(origin, place);
    if (!known) this.giveUpOldest();
    return place;
  }

  private giveUpOldest(): void {
    const most = this.options.maxOrigins ?? 1_000;
    for (const [origin, { pool, running }] of this.places) {
      if (this.places.size <= most) return;
      if (running > 0) continue;
      this.places.delete(origin);
      // Nothing runs on it, so there is nobody to tell of a socket that dies in closing.
      pool.destroy().catch(() => undefined);
    }
  }

  private open(origin: string): Place {
    const pool = new Pool(origin, {
      connect: (target, callback) =>
        this.connector(target, (...[error, socket]) => {
          if (error) return callback(error, null);
          place.address = socket.remoteAddress;
          callback(null, socket);
        }),
      maxHeaderSize: headerBytes,
      // The deadline of each request is above; these only end what it cannot see.
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: 2 * keepAliveMs,
      pipelining: 1,
    });
    const place: Place = { pool, running: 0, address: undefined };
    return place;
  }
}

/** The connections to one server. */
interface Place {
  readonly pool: Pool;
  running: number;
  /** Where the newest connection leads. */
  address: string | undefined;
}
