import { withinCpu } from '@laurel/testing';
import { expect, it } from 'vitest';
import type { DidDocument, ForeignIssuer } from './foreign-issuer.spec.ts';
import { ForeignIssuers } from './foreign-issuers.spec.ts';
import { RegistryScene } from './registry-scene.spec.ts';

/** A registry to which credentials of issuers elsewhere are presented. */
export class ForeignScene {
  private count = 0;
  private constructor(
    readonly registry: RegistryScene,
    /** Whoever is served there is on the list. */
    readonly issuers: ForeignIssuers,
    /** They may be asked, but are not on the list. */
    readonly strangers: ForeignIssuers,
    /** Nobody may ask them, as nobody may ask most of this machine. */
    readonly inside: ForeignIssuers,
  ) {}

  static async open(stack: { brokers: string[]; postgresUrl: string }, settings = {}): Promise<ForeignScene> {
    const [issuers, strangers, inside] = await Promise.all([
      ForeignIssuers.start(),
      ForeignIssuers.start(),
      ForeignIssuers.start(),
    ]);
    const allowing = ForeignScene.allowing(issuers, strangers);
    const registry = await RegistryScene.open(stack, undefined, { ...allowing, ...settings });
    const scene = new ForeignScene(registry, issuers, strangers, inside);
    await scene.trust(`https://${issuers.place}`, 'Elsewhere College');
    return scene;
  }

  static allowing(...places: readonly ForeignIssuers[]): { OUTBOUND_ALLOW: string } {
    return { OUTBOUND_ALLOW: places.map(({ place }) => place).join(',') };
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    for (const each of [this.issuers, this.strangers, this.inside]) each.stop();
  }

  async trust(issuer: string, name = 'Elsewhere'): Promise<void> {
    const body = { issuer, name };
    const { status } = await this.registry.call('PUT /v1/trusted-issuers', { as: 'demo operator', body });
    expect(status).toBe(200);
  }

  /** Another one each time: what one has published is kept for five minutes. */
  newIssuer(change?: (document: DidDocument) => object): ForeignIssuer {
    return this.issuers.issuer(`issuer-${this.count++}`, change);
  }

  /** Within 100 ms of this process, in which the other issuers are served too. */
  async present(credential: unknown) {
    let asked: ReadonlyMap<string, number> | undefined;
    const { status, json } = await withinCpu(100, async () => {
      const answer = await this.registry.call('POST /v1/verify', { body: { credential } });
      asked ??= new Map(this.issuers.asked);
      return answer;
    });
    // What was presented again, for its time, was not asked for by whoever counts.
    this.issuers.asked.clear();
    for (const [path, count] of asked!) this.issuers.asked.set(path, count);
    expect(status).toBe(200);
    expect(this.registry.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    const { verdict, reasons, certificate } = json;
    const { trust } = json as unknown as { trust: unknown };
    return { verdict, codes: reasons.map(({ code }) => code), certificate, trust };
  }
}

it('has issuers that may be asked, and a place where nobody may', async () => {
  const [one, two] = await Promise.all([ForeignIssuers.start(), ForeignIssuers.start()]);
  expect(ForeignScene.allowing(one, two)).toEqual({ OUTBOUND_ALLOW: `${one.place},${two.place}` });
  for (const each of [one, two]) each.stop();
});
