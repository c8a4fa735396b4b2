import { Module } from '@nestjs/common';
import { OnCourseCompleted } from './record-completion/on-course-completed.consumer.ts';
import { RecordCompletions } from './record-completion/record-completions.ts';
import { RecordingRepository } from './recordings/recording.repository.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';

@Module({
  controllers: [OnCourseCompleted, ShowCountsController],
  providers: [RecordCompletions, RecordingRepository],
})
export class AppModule {}
