// The topic job: node libs/service-kit/dist/commands/topics.js [--replicas N] [--proof]
import { createTopics } from './create-topics.ts';
import { runCommand } from './run-command.ts';

await runCommand(createTopics);
