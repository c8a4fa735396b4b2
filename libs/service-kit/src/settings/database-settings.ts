import { z } from 'zod';
import { commaList } from './comma-list.ts';

/** The settings of every service with a database, which are those that speak on Kafka: events leave by its outbox. */
export const databaseSettings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).meta({
    description: 'The PostgreSQL database of this service, with its own role.',
    example: 'postgres://role:password@host:5432/database',
    secret: true,
  }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(8).meta({
    description: 'The most connections to PostgreSQL that one process holds.',
    example: '8',
  }),
  KAFKA_BROKERS: commaList(z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/]+):\d{1,5}$/, 'each must be host:port'))
    .refine((brokers) => brokers.length > 0, 'must name at least one broker')
    .meta({
      description: 'The brokers to begin with, as host:port with commas between them.',
      example: 'kafka-1:9092,kafka-2:9092',
    }),
  TOPIC_PREFIX: z
    .string()
    .regex(/^[a-z0-9.-]{0,40}$/, 'must be at most 40 characters of a-z, 0-9, . and -')
    .default('')
    .meta({
      description: 'Put before every topic and group name, where several installations share a broker.',
      example: 'staging.',
    }),
  KAFKA_SESSION_TIMEOUT: z.coerce
    .number()
    .int()
    .min(6_000)
    .max(60_000)
    .default(10_000)
    .meta({
      description:
        'Milliseconds after which the broker gives the partitions of a silent process to another. It must stay above the ' +
        '5 s after which PostgreSQL ends a transaction that stands still.',
      example: '10000',
    }),
});

/** The database settings after parsing. */
export type DatabaseSettings = z.output<typeof databaseSettings>;
