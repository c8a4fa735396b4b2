import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { fieldErrors } from './field-errors.ts';
import { refuseDeepValue } from './refuse-deep-value.ts';
import { validationProblem } from './validation-problem.ts';

const places = { body: 'body', query: 'query', param: 'path', custom: 'header' } as const;

/**
 * Validates every parameter that carries a schema (`@Body({ schema })`, `@Query`, `@Param`, and own decorators, which stand
 * for headers) and passes on what the schema made of it. Nest's pipe tells neither which parameter failed nor the codes.
 */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type, data } = metadata;
    if (!schema) return value;
    // Before all that calls itself for every level, as what Nest does next.
    refuseDeepValue(value);
    this.stripProtoKeys(value);
    const result = await this.validate<T>(value, schema);
    if (!result.issues) return result.value;
    const place = { in: places[type], ...(data === undefined ? {} : { name: data }) };
    throw validationProblem(fieldErrors(result.issues, value, place));
  }
}
