import { Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { TallyRepository } from '../tallies/tally.repository.ts';

/** How far this service has come, for the line that `npm start` shows. */
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly tallies: TallyRepository) {}

  @Get()
  @Roles('viewer', 'operator')
  @ApiOkResponse({ description: 'How many recorded completions were counted' })
  async show(): Promise<{ counted: number }> {
    return { counted: await this.tallies.count() };
  }
}
