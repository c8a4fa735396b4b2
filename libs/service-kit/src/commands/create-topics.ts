import { ensureTopics } from '@laurel/messaging';
import type { Environment } from '../settings/environment.ts';
import { parseSettings } from '../settings/parse-settings.ts';
import { brokerSettings } from './broker-settings.ts';
import { commandBroker } from './command-broker.ts';
import type { Output } from './output.ts';
import { parseArguments } from './parse-arguments.ts';
import { UsageError } from './usage-error.ts';

const help = `Creates the topics of the contracts that are missing, and compares the settings of those that are there.
It never alters a topic; it ends with 1 when one differs, and names it.

  --replicas N   how many brokers keep each record of a new topic (default 3; 1 outside of production)
  --proof        the topics of the two proof services too (always outside of production)
  --help

It needs KAFKA_BROKERS, TOPIC_PREFIX where one is used, and LAUREL_ENV outside of production.`;

/** The topic job. */
export async function createTopics(args: string[], environment: Environment, output: Output): Promise<number> {
  const options = { replicas: { type: 'string' }, proof: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values } = parseArguments({ args, options }, help);
  if (values.help) {
    output.answer(help);
    return 0;
  }
  const settings = parseSettings(brokerSettings, environment);
  const isProduction = settings.LAUREL_ENV === 'production';
  const replicas = Number(values.replicas ?? (isProduction ? 3 : 1));
  if (!Number.isInteger(replicas) || replicas < 1)
    throw new UsageError(`--replicas must be a whole number from 1.\n\n${help}`);
  const broker = commandBroker('topics', settings);
  const { created, differences } = await ensureTopics(broker, { replicas, proof: values.proof ?? !isProduction });
  output.answer(
    created.length === 0
      ? 'Every topic was there.'
      : `Created ${created.length} topics:\n${created.map((name) => `  ${name}`).join('\n')}`,
  );
  for (const difference of differences) output.complaint(difference);
  return differences.length === 0 ? 0 : 1;
}
