import { Body, Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createOpenApiDocument } from '../openapi/create-openapi-document.ts';
import { BootError } from '../service/boot-error.ts';
import { createService } from '../service/create-service.ts';
import { Internal } from './internal.decorator.ts';
import { Public } from './public.decorator.ts';
import { Roles } from './roles.decorator.ts';

@Controller('courses')
class ForgetfulController {
  @Get(':id')
  read(): void {}

  @Public()
  @Get('open')
  open(): void {}
}

@Public()
@Controller('bodies')
class ShapelessController {
  @Post()
  create(@Body() _body: unknown): void {}

  @Post('part')
  part(@Body('title') _title: string): void {}
}

@Controller('good')
@Roles('creator')
class GoodController {
  @Post()
  create(@Body({ schema: z.object({}) }) _body: object): void {}

  @Internal()
  @Get()
  list(): void {}
}

function definition(...controllers: Type[]) {
  class TestModule {}
  Module({ controllers })(TestModule);
  return { name: 'asset-store' as const, settings: z.object({}), module: TestModule };
}
const environment = { LAUREL_ENV: 'test', LOG_LEVEL: 'silent' };

async function sentences(promise: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BootError) return error.sentences;
  throw new Error(`no BootError, but ${String(error)}`);
}

describe('boot', () => {
  const expected = [
    "ForgetfulController.read (GET /courses/:id) does not say who may use it: add @Roles('creator', …), @Public() or @Internal().",
    'ShapelessController.create (POST /bodies) has a @Body() without a schema: write @Body({ schema: … }).',
    'ShapelessController.part (POST /bodies/part) has a @Body() without a schema: write @Body({ schema: … }).',
  ];

  it('is refused for every route that says nothing of its callers, and every body without a schema', async () => {
    expect(await sentences(createService(definition(ForgetfulController, ShapelessController), environment))).toEqual(
      expected,
    );
  });

  it('and so is the OpenAPI document', async () => {
    expect(await sentences(createOpenApiDocument(definition(ForgetfulController, ShapelessController)))).toEqual(
      expected,
    );
  });

  it('is refused when a route needs a token and nobody is trusted to issue one', async () => {
    expect(await sentences(createService(definition(GoodController), environment))).toEqual([
      expect.stringContaining('OIDC_ISSUER is missing'),
    ]);
    await (
      await createService(definition(GoodController), { ...environment, OIDC_ISSUER: 'http://127.0.0.1:1' })
    ).stop();
  });
});

describe('access decorators', () => {
  it('do not stand together: the second throws, naming the place', () => {
    expect(() => {
      class Twice {
        @Public()
        @Roles('admin')
        read(): void {}
      }
      return Twice;
    }).toThrow('Twice.read has two of @Public, @Roles and @Internal');
    expect(() => {
      @Public()
      @Internal()
      class Both {}
      return Both;
    }).toThrow('Both has two of');
  });
});
