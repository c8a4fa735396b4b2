import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator.ts';
import { OPENAPI } from './openapi.token.ts';

/** `GET /openapi.json`: the document that `node main.js openapi` prints. It is made when it is first asked for. */
@ApiExcludeController()
@Public()
@Controller('openapi.json')
export class OpenApiController {
  private document: OpenAPIObject | undefined;

  constructor(@Inject(OPENAPI) private readonly make: () => OpenAPIObject) {}

  @Get()
  @Header('cache-control', 'no-cache')
  read(): OpenAPIObject {
    this.document ??= this.make();
    return this.document;
  }
}
