import { achievement, memberName, ownTerms } from '@laurel/contracts';
import { checkAward } from '@laurel/credentials';
import { Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';

const award = z.strictObject({
  achievement,
  claims: z.array(memberName).max(64).meta({ description: 'The members of the input that are signed, by name' }),
  terms: ownTerms,
});
const answer = z.object({ problems: z.array(z.string()) });

/** Tells whether credentials of an award can be signed, before it is attached. */
@Controller('internal/awards')
export class CheckAwardController {
  @Post('check')
  @HttpCode(200)
  @Internal()
  @ApiOperation({ summary: 'Checks what the credentials of an award would say, as JSON-LD in safe mode' })
  @ApiOkResponse({ description: 'What is wrong; nothing where nothing is', standardSchema: answer })
  async check(@Body({ schema: award }) body: z.output<typeof award>): Promise<z.output<typeof answer>> {
    return { problems: await checkAward(body) };
  }
}
