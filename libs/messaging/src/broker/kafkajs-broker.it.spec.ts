import { transportSuite } from '@laurel/testing';
import { pino } from 'pino';
import { inject } from 'vitest';
import { kafkajsBroker } from './kafkajs-broker.ts';

transportSuite({
  name: 'kafkajs',
  broker(topicPrefix, sessionTimeout) {
    const { brokers } = inject('stack');
    return kafkajsBroker({
      brokers,
      topicPrefix,
      clientId: 'suite',
      logger: pino({ level: 'silent' }),
      sessionTimeout,
    });
  },
});
