import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

const event = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.object({
    certificateId: z.string().optional(),
    occasion: z.record(z.string(), z.string()).optional(),
    hashes: z.object({ pdf: z.string(), credential: z.string() }).optional(),
  }),
});

/** One event that arrived with a good signature. */
export type ReceivedEvent = z.output<typeof event>;

const MOST_BYTES = 1_000_000;

/** A system downstream: takes webhooks, checks each signature, and keeps what it heard, each event once. */
export class DemoReceiver {
  /** By `webhook-id`: a repetition is no second event. */
  readonly heard = new Map<string, ReceivedEvent>();
  /** Why deliveries were refused. */
  readonly refused: string[] = [];
  private secret: string | undefined;
  private readonly server: Server;

  private constructor(readonly port: number) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MOST_BYTES) chunks.push(chunk);
        else request.destroy();
      });
      request.on('end', () => {
        const refusal = this.take(Buffer.concat(chunks).toString('utf8'), request.headers);
        if (refusal !== undefined) this.refused.push(refusal);
        response.writeHead(refusal === undefined ? 204 : 400).end();
      });
    });
  }

  static async start(port: number): Promise<DemoReceiver> {
    const receiver = new DemoReceiver(port);
    receiver.server.listen(port, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  /** The secret of the endpoint, as it was shown once. */
  trust(secret: string): void {
    this.secret = secret;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhooks`;
  }

  /** The certificates of a batch that it was told of. */
  issuedIn(batchId: string): ReceivedEvent[] {
    return [...this.heard.values()].filter(
      ({ type, data }) => type === 'certificate.issued' && data.occasion?.batchId === batchId,
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(body: string, headers: Record<string, string | string[] | undefined>): string | undefined {
    if (this.secret === undefined) return 'no secret is known yet';
    const id = String(headers['webhook-id']);
    try {
      new Webhook(this.secret).verify(body, {
        'webhook-id': id,
        'webhook-timestamp': String(headers['webhook-timestamp']),
        'webhook-signature': String(headers['webhook-signature']),
      });
      this.heard.set(id, event.parse(JSON.parse(body)));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }
}
