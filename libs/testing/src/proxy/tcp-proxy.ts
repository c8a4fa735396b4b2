import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/**
 * Stands between a client and a server on the loopback, and fails the way networks do.
 * Listening on a given port lets a broker advertise the proxy as itself.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private isCut = false;
  private answersLost = false;
  private delay = 0;

  private constructor(
    private readonly listener: Server,
    private readonly target: { host: string; port: number },
  ) {}

  static async start(target: { host: string; port: number }, port = 0): Promise<TcpProxy> {
    const listener = createServer();
    const proxy = new TcpProxy(listener, target);
    listener.on('connection', (client) => proxy.join(client));
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as { port: number }).port;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.isCut = true;
    for (const pair of this.pairs) this.end(pair);
  }

  /** Requests still arrive, answers do not: the client cannot know what happened. */
  loseAnswers(): void {
    this.answersLost = true;
  }

  /** Milliseconds that everything takes longer, in each direction. */
  slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** Everything passes again. Connections that lost an answer are ended, as a firewall that forgot them would. */
  restore(): void {
    if (this.answersLost) for (const pair of this.pairs) this.end(pair);
    this.isCut = false;
    this.answersLost = false;
    this.delay = 0;
  }

  async stop(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private join(client: Socket): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    const pair = { client, server: connect(this.target.port, this.target.host) };
    this.pairs.add(pair);
    for (const socket of [pair.client, pair.server]) {
      // A reset is what this proxy is for; the other side learns of it by its own end.
      socket.on('error', () => this.end(pair));
      socket.on('close', () => this.end(pair));
    }
    client.on('data', (chunk) => this.pass(pair.server, chunk));
    pair.server.on('data', (chunk) => {
      if (!this.answersLost) this.pass(client, chunk);
    });
  }

  private pass(to: Socket, chunk: Buffer): void {
    if (this.delay === 0) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), this.delay);
  }

  private end(pair: Pair): void {
    this.pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }
}
