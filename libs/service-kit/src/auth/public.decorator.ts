import { routeAccess } from './route-access.ts';

/** Opens a route, or a controller's routes, to callers without a token. */
export function Public(): ClassDecorator & MethodDecorator {
  return routeAccess({ kind: 'public' });
}
