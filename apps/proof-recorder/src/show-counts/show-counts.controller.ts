import { Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { RecordingRepository } from '../recordings/recording.repository.ts';

/** How far this service has come, for the line that `npm start` shows. */
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly recordings: RecordingRepository) {}

  @Get()
  @Roles('viewer', 'operator')
  @ApiOkResponse({ description: 'How many completions were recorded' })
  async show(): Promise<{ recorded: number }> {
    return { recorded: await this.recordings.count() };
  }
}
