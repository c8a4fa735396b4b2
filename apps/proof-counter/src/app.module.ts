import { Module } from '@nestjs/common';
import { CountCompletions } from './count-completion/count-completions.ts';
import { OnProofRecorded } from './count-completion/on-proof-recorded.consumer.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { TallyRepository } from './tallies/tally.repository.ts';

@Module({
  controllers: [OnProofRecorded, ShowCountsController],
  providers: [CountCompletions, TallyRepository],
})
export class AppModule {}
