import type { FetchedText, FetchText } from '@laurel/credentials';
import { type OutboundError, OutboundHttp } from '@laurel/outbound-http';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SETTINGS } from '@laurel/service-kit';
import type { RegistrySettings } from '../config.ts';

const limits = {
  bodyBytes: 262_144,
  /** Of one fetch, and of all that one verification waits for. */
  fetchMs: 3_000,
  allMs: 5_000,
  /** Fetches of one verification: the keys, two lists, and one for whatever else. */
  fetches: 4,
  keptMs: 300_000,
  keptCharacters: 16_000_000,
};
const unreachable: FetchedText = { ok: false, why: 'unreachable' };
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Fetches what issuers elsewhere publish: keys and status lists. What came is kept for five minutes, and an address is asked once
 * at a time, so that whoever verifies often is no burden to them; failures are not kept.
 */
@Injectable()
export class ForeignDocuments implements OnModuleDestroy {
  private readonly http: OutboundHttp;
  /** By address; the one that was fetched longest ago stands first. */
  private readonly kept = new Map<string, { readonly text: string; readonly until: number }>();
  private keptCharacters = 0;
  private readonly underWay = new Map<string, Promise<FetchedText>>();

  constructor(@Inject(SETTINGS) private readonly settings: RegistrySettings) {
    this.http = new OutboundHttp({
      allow: settings.OUTBOUND_ALLOW,
      httpsOnly: true,
      connectTimeoutMs: limits.fetchMs,
      totalTimeoutMs: limits.fetchMs,
      maxBodyBytes: limits.bodyBytes,
      maxOrigins: 100,
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.http.close();
  }

  /** What one verification may ask for: four documents, five seconds in all. What is kept costs neither. */
  forOne(): FetchText {
    const deadline = performance.now() + limits.allMs;
    let left = limits.fetches;
    return async (given) => {
      const url = this.addressOf(given);
      const kept = this.find(url);
      if (kept !== undefined) return { ok: true, text: kept };
      const milliseconds = deadline - performance.now();
      if (left-- <= 0 || milliseconds <= 0) return unreachable;
      return within(milliseconds, this.fetchOnce(url));
    };
  }

  /** A DID has no http: it is asked by that only where the settings name its place. */
  private addressOf(given: string): string {
    const url = new URL(given);
    url.hash = '';
    if (this.settings.OUTBOUND_ALLOW.includes(`${url.hostname}:${url.port}`)) url.protocol = 'http:';
    return url.href;
  }

  private find(url: string): string | undefined {
    const kept = this.kept.get(url);
    if (kept === undefined || kept.until > performance.now()) return kept?.text;
    this.drop(url);
    return undefined;
  }

  private fetchOnce(url: string): Promise<FetchedText> {
    const running = this.underWay.get(url);
    if (running) return running;
    const fetched = this.fetch(url).finally(() => this.underWay.delete(url));
    this.underWay.set(url, fetched);
    return fetched;
  }

  private async fetch(url: string): Promise<FetchedText> {
    const headers = { accept: 'application/vc+jwt, application/vc, application/did+json, application/json;q=0.9' };
    let answer;
    try {
      answer = await this.http.request({ method: 'GET', url, headers });
    } catch (error) {
      // An OutboundError is about them; any other is a fault of ours.
      if ((error as OutboundError).name !== 'OutboundError') throw error;
      return unreachable;
    }
    const { status, body, truncated } = answer;
    if (status === 404 || status === 410) return { ok: false, why: 'missing' };
    if (status !== 200) return unreachable;
    if (truncated) return { ok: false, why: 'too-large' };
    // What is not UTF-8 is read as nothing, which is no document.
    const text = decoded(body) ?? '';
    this.keep(url, text);
    return { ok: true, text };
  }

  private keep(url: string, text: string): void {
    this.drop(url);
    this.kept.set(url, { text, until: performance.now() + limits.keptMs });
    this.keptCharacters += text.length + url.length;
    for (const [oldest] of this.kept) {
      if (this.keptCharacters <= limits.keptCharacters) return;
      this.drop(oldest);
    }
  }

  private drop(url: string): void {
    const kept = this.kept.get(url);
    if (!kept) return;
    this.kept.delete(url);
    this.keptCharacters -= kept.text.length + url.length;
  }
}

/** Others may wait longer for the same fetch, so it is not broken off. */
async function within(milliseconds: number, fetched: Promise<FetchedText>): Promise<FetchedText> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<FetchedText>((resolve) => {
    timer = setTimeout(() => resolve(unreachable), milliseconds);
  });
  try {
    return await Promise.race([fetched, over]);
  } finally {
    clearTimeout(timer);
  }
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
