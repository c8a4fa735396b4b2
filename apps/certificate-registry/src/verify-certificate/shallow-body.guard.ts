import { Problem } from '@laurel/service-kit';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';

const maxDepth = 64;

/**
 * Refuses a body that nests deeper than any credential does, before it is validated: Nest's own validation calls itself for
 * every level, so 100,000 brackets would exhaust the stack and look like a fault of ours.
 */
@Injectable()
export class ShallowBody implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { body } = context.switchToHttp().getRequest<{ body?: unknown }>();
    let level = [body].filter(isNesting);
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > maxDepth) {
        throw new Problem(400, {
          code: 'too-deep',
          detail: `The body nests deeper than ${maxDepth} levels; send the credential as one text, the VC-JWT.`,
        });
      }
      level = level.flatMap((each): unknown[] => Object.values(each)).filter(isNesting);
    }
    return true;
  }
}

const isNesting = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
