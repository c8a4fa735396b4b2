import { type Broker, type DeadLetter, type DeadLetterFilter, listDeadLetters, redrive } from '@laurel/messaging';
import type { Environment } from '../settings/environment.ts';
import { parseSettings } from '../settings/parse-settings.ts';
import { brokerSettings } from './broker-settings.ts';
import { commandBroker } from './command-broker.ts';
import { deadLetterArguments } from './dead-letter-arguments.ts';
import { describeDeadLetter } from './describe-dead-letter.ts';
import type { Output } from './output.ts';
import { renderTable } from './render-table.ts';

/** `npm run redrive`: lists, shows and redrives dead letters. */
export async function handleDeadLetters(args: string[], environment: Environment, output: Output): Promise<number> {
  const task = deadLetterArguments(args);
  if (task.kind === 'help') {
    output.answer(task.text);
    return 0;
  }
  const broker = commandBroker('redrive', parseSettings(brokerSettings, environment));
  const letters = await find(broker, task.filter);
  if (letters.length === 0) {
    const isFiltered = Object.values(task.filter).some((value) => value !== undefined);
    output.complaint(isFiltered ? 'No dead letter fits.' : 'There are no dead letters.');
    return task.kind === 'show' ? 1 : 0;
  }
  switch (task.kind) {
    case 'list':
      output.answer(
        task.json ? letters.map((letter) => JSON.stringify(withoutRecord(letter))).join('\n') : table(letters),
      );
      return 0;
    case 'show':
      for (const letter of letters) output.answer(describeDeadLetter(letter, task.withValue));
      return 0;
    case 'redrive': {
      if (task.dryRun) {
        output.answer(`${table(letters)}\n\nNothing was redriven: this was a dry run.`);
        return 0;
      }
      const { redriven, skipped } = await redrive(broker, letters, { again: task.again });
      if (redriven.length > 0) output.answer(`${table(redriven)}\n`);
      const left =
        skipped.length === 0
          ? ''
          : `; ${skipped.length} had been before and were left alone (--again redrives them too)`;
      output.answer(`${redriven.length} redriven${left}.`);
      return 0;
    }
  }
}

async function find(broker: Broker, filter: DeadLetterFilter): Promise<DeadLetter[]> {
  const admin = await broker.admin();
  try {
    return await listDeadLetters(admin, filter);
  } finally {
    await admin.close();
  }
}

function table(letters: readonly DeadLetter[]): string {
  return renderTable(
    letters.map(({ group, offset, tenantId, errorClass, attempts, failedAt, original, redriven, reason }) => ({
      group,
      offset,
      tenant: tenantId ?? '-',
      class: errorClass,
      attempts: String(attempts),
      failed: failedAt.toISOString(),
      from: `${original.topic}/${original.partition}/${original.offset}`,
      redriven: String(redriven),
      reason: reason.length > 80 ? `${reason.slice(0, 79)}…` : reason,
    })),
  );
}

/** Key, value and headers may hold personal data; they are shown one by one and only when asked for. */
function withoutRecord({ record: _, ...letter }: DeadLetter): Omit<DeadLetter, 'record'> {
  return letter;
}
