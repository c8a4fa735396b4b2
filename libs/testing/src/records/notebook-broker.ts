import type { Broker, BrokerAdmin, BrokerConsumer, BrokerProducer, OutgoingRecord } from '@laurel/messaging';

/** A broker that only notes what it is sent, for tests of what stands before it. */
export class NotebookBroker implements Broker {
  /** What arrived, request by request. */
  readonly requests: OutgoingRecord[][] = [];
  /** How many producers were ever asked for, and how many of them are closed. */
  readonly producers = { opened: 0, closed: 0 };

  /** @param arrive sees each request before it is noted; what it throws is the answer, and nothing has arrived then */
  constructor(public arrive: (records: readonly OutgoingRecord[]) => Promise<void> | void = () => undefined) {}

  get records(): OutgoingRecord[] {
    return this.requests.flat();
  }

  async producer(): Promise<BrokerProducer> {
    this.producers.opened++;
    return {
      send: async (records) => {
        await this.arrive(records);
        this.requests.push([...records]);
      },
      close: async () => {
        this.producers.closed++;
      },
    };
  }

  consumer(): BrokerConsumer {
    throw new Error('A notebook hands nothing over');
  }

  async admin(): Promise<BrokerAdmin> {
    throw new Error('A notebook has no topics');
  }

  async answers(): Promise<boolean> {
    return true;
  }
}
