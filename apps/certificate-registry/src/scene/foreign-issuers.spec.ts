import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { type DidDocument, ForeignIssuer } from './foreign-issuer.spec.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on the loopback that publishes what other issuers publish, and breaks as they do. */
export class ForeignIssuers {
  private readonly answers = new Map<string, Answer>();
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  private constructor(
    private readonly server: Server,
    /** host:port. */
    readonly place: string,
  ) {}

  static async start(): Promise<ForeignIssuers> {
    const server = createServer((request, response) => {
      const { url = '' } = request;
      made.asked.set(url, (made.asked.get(url) ?? 0) + 1);
      const answer = made.answers.get(url);
      if (answer) answer(response, request);
      else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const made = new ForeignIssuers(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    return made;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  serve(path: string, answer: string | object | Answer): void {
    if (typeof answer === 'function') return void this.answers.set(path, answer as Answer);
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    this.answers.set(path, (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
  }

  /** An issuer with all kinds of keys in its document, which is changed before it is published. */
  issuer(name: string, change: (document: DidDocument) => object = (document) => document): ForeignIssuer {
    const issuer = new ForeignIssuer(`did:web:${this.place.replace(':', '%3A')}:${name}`);
    this.serve(`/${name}/did.json`, change(issuer.didDocument()));
    return issuer;
  }
}

it('counts what it is asked for', async () => {
  const issuers = await ForeignIssuers.start();
  const { did } = issuers.issuer('one');
  const answer = await fetch(`http://${issuers.place}/one/did.json`);
  expect(await answer.json()).toMatchObject({
    id: did,
    assertionMethod: [`${did}#ES256`, `${did}#RS256`, `${did}#EdDSA`, `${did}#di-1`],
  });
  expect(issuers.asked.get('/one/did.json')).toBe(1);
  issuers.stop();
});
