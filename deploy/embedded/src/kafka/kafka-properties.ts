import { join } from 'node:path';
import type { KafkaOptions } from './kafka-options.ts';

/** The text of server.properties for a broker that is its own controller, alone, and bound to this machine. */
export function kafkaProperties(options: KafkaOptions): string {
  const { port, controllerPort, listeners = [] } = options;
  const address = (name: string, at: number) => `${name}://127.0.0.1:${at}`;
  const doors = [{ name: 'PLAINTEXT', port, advertisedPort: port }, ...listeners];
  const properties: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: [...doors.map((door) => address(door.name, door.port)), address('CONTROLLER', controllerPort)].join(','),
    'advertised.listeners': doors.map((door) => address(door.name, door.advertisedPort)).join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': [...doors.map((door) => door.name), 'CONTROLLER']
      .map((name) => `${name}:PLAINTEXT`)
      .join(','),
    'log.dirs': join(options.folder, 'data'),
    'auto.create.topics.enable': 'false',
    'num.partitions': '1',
    'default.replication.factor': '1',
    'min.insync.replicas': '1',
    // One node: the internal topics cannot have the three replicas that are their default.
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    // Nobody else is about to join: a group may start at once.
    'group.initial.rebalance.delay.ms': '0',
    // After a kill the controller refuses the broker's return until the session of the killed one is over (default 9 s).
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'log.cleaner.dedupe.buffer.size': '16777216',
    ...options.settings,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
