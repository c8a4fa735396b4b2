import { OutboundHttp } from '@laurel/outbound-http';
import { LOGGER, type Logger, SETTINGS, type Settings } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { v7 } from 'uuid';
import type { settings } from '../config.ts';
import { DeliveryRepository, type HeadDelivery } from '../deliveries/delivery.repository.ts';
import { type Lease, LaneRepository } from '../lanes/lane.repository.ts';
import { WakeSignal } from '../lanes/wake-signal.ts';
import { SigningSecrets } from '../signing/signing-secrets.ts';
import { LaneTurn } from './lane-turn.ts';
import { OutcomeBatcher } from './outcome-batcher.ts';
import { Slots } from './slots.ts';

/** Milliseconds between two looks for lanes that another process made due, or whose time has come. */
const lookMs = 100;
const troubleMs = 1_000;
const lanesAtOnce = 64;
const deliveriesAtOnce = 32;
const unsignedPauseMs = 60_000;
/** Milliseconds that requests under way get when the process ends. */
const partingMs = 3_000;

/** Takes lanes that are due and sends their deliveries, as one of any number of processes that do. */
@Injectable()
export class Sender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly slots: Slots;
  /** By token and endpoint. */
  private readonly turns = new Map<string, LaneTurn>();
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly secrets: SigningSecrets,
    private readonly batcher: OutcomeBatcher,
    private readonly signal: WakeSignal,
    private readonly outbound: OutboundHttp,
    @Inject(SETTINGS) config: Settings<typeof settings>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.slots = new Slots(config.SENDS_IN_FLIGHT);
    if (config.OUTBOUND_ALLOW.length > 0) {
      this.logger.warn(
        { allowed: config.OUTBOUND_ALLOW },
        'DANGEROUS: webhooks may reach addresses that are not public (OUTBOUND_ALLOW)',
      );
    }
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.signal.wake();
    await this.running;
    const parting = setTimeout(() => void this.outbound.close(), partingMs);
    await Promise.allSettled([...this.turns.values()].map(({ ended }) => ended));
    clearTimeout(parting);
    await this.batcher.close();
    await this.outbound.close();
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      try {
        const isMore = this.slots.free > 0 && (await this.takeLanes()) === lanesAtOnce;
        if (!isMore) await this.signal.wait(lookMs);
      } catch (err) {
        this.logger.error({ err }, 'Lanes could not be taken; it is tried again');
        await this.signal.wait(troubleMs);
      }
    }
  }

  /** @returns how many lanes were taken */
  private async takeLanes(): Promise<number> {
    const turns = [...this.turns.values()];
    const token = v7();
    const leases = await this.lanes.lease(
      token,
      lanesAtOnce,
      turns.map(({ lease }) => lease),
      turns.filter(({ isHungry }) => isHungry).map(({ lease }) => lease),
    );
    if (leases.length === 0) return 0;
    const heads = await this.deliveries.heads(leases, deliveriesAtOnce);
    const byLane = Map.groupBy(heads, ({ endpoint_id }) => endpoint_id);
    const keys = await this.secrets.keysOf(
      [...byLane].flatMap(([id, [first]]) => (first ? [{ id, version: first.endpoint_version }] : [])),
    );
    for (const lease of leases) {
      const found = byLane.get(lease.endpointId) ?? [];
      const signing = keys.get(lease.endpointId) ?? [];
      if (lease.token === token) this.begin(lease, found, signing);
      else this.goOn(lease, found, signing);
    }
    return leases.length;
  }

  /**
   * Adds to the turn that held the lane when it was looked at. One that has ended since has handed the lane back, after this look:
   * what was found may have been sent, and whatever waits has made the lane due again.
   */
  private goOn(lease: Lease, deliveries: readonly HeadDelivery[], keys: readonly Buffer[]): void {
    // A breaker that opened while some are under way: nothing is added until the lane has been handed back.
    if (lease.isProbe) return;
    this.turns.get(lease.token + lease.endpointId)?.add(deliveries, deliveries.length >= deliveriesAtOnce, keys);
  }

  private begin(lease: Lease, deliveries: readonly HeadDelivery[], keys: readonly Buffer[]): void {
    if (deliveries.length > 0 && keys.length === 0) {
      void this.batcher.add(undefined, { lease, pauseMs: unsignedPauseMs });
      return;
    }
    const turn = new LaneTurn(lease, {
      outbound: this.outbound,
      slots: this.slots,
      batcher: this.batcher,
      wake: this.signal.wake,
    });
    this.turns.set(lease.token + lease.endpointId, turn);
    turn.ended
      .catch((err: unknown) =>
        this.logger.error({ err }, 'A lane was not handed back; it is taken again after its lease'),
      )
      .finally(() => {
        this.turns.delete(lease.token + lease.endpointId);
        this.signal.wake();
      });
    turn.add(deliveries, !lease.isProbe && deliveries.length >= deliveriesAtOnce, keys);
  }
}
