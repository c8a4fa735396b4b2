import type { Broker } from '../broker/broker.ts';
import type { ConsumerHealth } from './consumer-health.ts';

/** Milliseconds of silence after which the broker is asked, and after which a consumer is stuck. */
const suspicious = 3_000;
const hopeless = 60_000;

/** Looks after consumers that say nothing: while the broker is away they wait, while it answers they are stuck. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private asking = false;
  /** Since when the broker has answered every time it was asked. */
  private answeringSince: number | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly consumers: readonly ConsumerHealth[],
    private readonly onStuck: (reason: string) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look(), 1_000);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const silent = this.consumers.filter(({ silence, isOver }) => silence > suspicious && !isOver);
    if (silent.length === 0 || this.asking) return;
    this.asking = true;
    const answers = await this.broker.answers().finally(() => {
      this.asking = false;
    });
    this.answeringSince = answers ? (this.answeringSince ?? Date.now()) : undefined;
    for (const consumer of silent) {
      if (this.answeringSince === undefined) consumer.waits('kafka');
      else if (Math.min(consumer.silence, Date.now() - this.answeringSince) > hopeless) this.giveUp(consumer);
    }
  }

  private giveUp(consumer: ConsumerHealth): void {
    const reason = `no sign of life for ${Math.round(consumer.silence / 1_000)} s, though the broker answers`;
    consumer.stuck(reason);
    this.onStuck(`${consumer.group}: ${reason}`);
  }
}
