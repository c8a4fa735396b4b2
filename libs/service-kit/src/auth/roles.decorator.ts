import type { Role } from './role.ts';
import { routeAccess } from './route-access.ts';

/** Opens a route, or a controller's routes, to callers with one of these roles. `operator` is not implied: name it. */
export function Roles(...roles: readonly [Role, ...Role[]]): ClassDecorator & MethodDecorator {
  return routeAccess({ kind: 'roles', roles });
}
