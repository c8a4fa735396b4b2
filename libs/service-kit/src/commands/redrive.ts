// npm run redrive -- list|show|redrive [filters]
import { handleDeadLetters } from './handle-dead-letters.ts';
import { runCommand } from './run-command.ts';

await runCommand(handleDeadLetters);
