import { routeAccess } from './route-access.ts';

/** Opens a route, or a controller's routes, to other services (tokens of audience `laurel-internal`) and to nobody else. */
export function Internal(): ClassDecorator & MethodDecorator {
  return routeAccess({ kind: 'internal' });
}
