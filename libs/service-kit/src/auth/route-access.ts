import { SetMetadata } from '@nestjs/common';
import { routeAccessKey } from './route-access-key.ts';
import type { Role } from './role.ts';

/** Who may use a route. A controller's counts for its methods, a method's own goes before it. */
export type RouteAccess =
  | { readonly kind: 'public' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'internal' };

/** The decorator behind `@Public`, `@Roles` and `@Internal`. Throws when a class or method has two of them. */
export function routeAccess(access: RouteAccess): ClassDecorator & MethodDecorator {
  const mark = SetMetadata(routeAccessKey, access);
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const owner: object = (descriptor?.value as object | undefined) ?? target;
    if (Reflect.getOwnMetadata(routeAccessKey, owner) !== undefined) {
      const where =
        key === undefined ? (target as { name?: string }).name : `${target.constructor.name}.${String(key)}`;
      throw new Error(`${where} has two of @Public, @Roles and @Internal: keep the one that is meant.`);
    }
    (mark as (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void)(target, key, descriptor);
  };
}
