import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer';

const EDGE = 400;

/** Chromium's protocol on a pair of pipes: JSON messages that end with a zero byte. An answer that is too large becomes an error of its call; what is kept of it is bounded. */
export class PipeTransport implements ConnectionTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  private readonly to: Writable;
  private readonly largest: number;
  private parts: Buffer[] = [];
  private size = 0;
  /** Of a message that grew too large: how it begins and ends, which tells whose answer it is. */
  private edges: { head: string; tail: string } | undefined;

  /** @param largest bytes of one message */
  constructor(to: Writable, from: Readable, largest: number) {
    this.to = to;
    this.largest = largest;
    from.on('data', (chunk: Buffer) => this.receive(chunk));
    from.once('close', () => this.onclose?.());
    // A browser that ended closes its pipes, which is heard as `close`; the errors say nothing more.
    from.on('error', () => this.onclose?.());
    to.on('error', () => this.onclose?.());
  }

  send(message: string): void {
    this.to.write(`${message}\0`);
  }

  close(): void {
    this.to.destroy();
  }

  private receive(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      this.keep(chunk.subarray(from, end));
      this.finish();
      from = end + 1;
    }
    this.keep(chunk.subarray(from));
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.edges !== undefined) {
      this.edges.tail = (this.edges.tail + part.subarray(-EDGE).toString('latin1')).slice(-EDGE);
      return;
    }
    this.parts.push(part);
    if (this.size <= this.largest) return;
    const begin = Buffer.concat(this.parts);
    this.edges = {
      head: begin.subarray(0, EDGE).toString('latin1'),
      tail: begin.subarray(-EDGE).toString('latin1'),
    };
    this.parts = [];
  }

  private finish(): void {
    const message = this.edges === undefined ? Buffer.concat(this.parts).toString() : this.refusal(this.edges);
    this.parts = [];
    this.size = 0;
    this.edges = undefined;
    // One at a time: what a message settles is done before the next one is heard.
    if (message !== undefined) setImmediate(() => this.onmessage?.(message));
  }

  /** The answer that stands for one that is too large; an event of that size was asked by nobody and has none. */
  private refusal({ head, tail }: { head: string; tail: string }): string | undefined {
    const id = /^\{"id":(\d+),/.exec(head)?.[1];
    if (id === undefined) return undefined;
    const sessionId = /"sessionId":"([^"]*)"\}$/.exec(tail)?.[1];
    const error = {
      code: -32000,
      message: `The browser answered with ${Math.ceil(this.size / 1e6)} MB and may with ${Math.floor(this.largest / 1e6)}. Look for huge pictures, filters or endless patterns in the template`,
    };
    return JSON.stringify({ id: Number(id), error, ...(sessionId !== undefined && { sessionId }) });
  }
}
