import { CurrentTenant, Internal } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DrawPictures } from './draw-pictures.ts';

const picture = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('png'), width: z.int().min(100).max(2_400).default(1_200) }),
  z.strictObject({ format: z.literal('svg') }),
]);
const drawn = z.object({ object: z.string().meta({ description: 'Its name in the object store' }) });

/** Pictures of issued certificates, for the registry, which serves them. */
@Controller('internal/certificates')
export class DrawPictureController {
  constructor(private readonly pictures: DrawPictures) {}

  @Post(':certificateId/picture')
  @HttpCode(200)
  @Internal()
  @ApiOperation({
    summary: 'Draws a picture of an issued certificate, unless there is one, and tells where it is kept',
  })
  @ApiOkResponse({ standardSchema: drawn })
  async draw(
    @CurrentTenant() tenantId: string,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: picture }) wish: z.output<typeof picture>,
  ): Promise<z.output<typeof drawn>> {
    return { object: await this.pictures.run(tenantId, certificateId, wish) };
  }
}
