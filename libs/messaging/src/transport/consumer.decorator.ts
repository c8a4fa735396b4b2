import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { RethrowFilter } from './rethrow.filter.ts';

/** A class of handlers (`@On`). Their errors keep their class. */
export function Consumer(): ClassDecorator {
  return applyDecorators(Controller(), UseFilters(RethrowFilter));
}
