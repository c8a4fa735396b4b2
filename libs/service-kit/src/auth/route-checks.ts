import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { type RouteAccess, routeAccessKey } from './route-access.ts';

// Nest keeps what its decorators say under these keys (its constants are not exported).
const keys = { path: 'path', method: 'method', parameters: '__routeArguments__' };
const bodyParameter = '3';

/** What the routes of a service need. */
export interface CheckedRoutes {
  /** Some route is not public, so that an issuer has to be known. */
  readonly needsIssuer: boolean;
  /** One sentence for each route that cannot be served as it is. */
  readonly faults: readonly string[];
}

/**
 * Looks at every HTTP route of every module: each says who may use it, and each body has a schema (without one nothing is
 * validated, and the OpenAPI document has no body, both silently).
 */
export function checkRoutes(modules: ModulesContainer): CheckedRoutes {
  const faults: string[] = [];
  let needsIssuer = false;
  const controllers = new Set([...modules.values()].flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)));
  for (const controller of controllers) {
    if (typeof controller !== 'function') continue;
    for (const name of new MetadataScanner().getAllMethodNames(controller.prototype as object)) {
      const handler = (controller.prototype as Record<string, object>)[name] as object;
      const path: unknown = Reflect.getMetadata(keys.path, handler);
      if (path === undefined) continue;
      const method = RequestMethod[Reflect.getMetadata(keys.method, handler) as RequestMethod];
      const route = `${controller.name}.${name} (${method} ${fullPath(controller as Type, path)})`;
      const access = (Reflect.getMetadata(routeAccessKey, handler) ?? Reflect.getMetadata(routeAccessKey, controller)) as
        | RouteAccess
        | undefined;
      if (!access) {
        faults.push(`${route} does not say who may use it: add @Roles('creator', …), @Public() or @Internal().`);
      } else if (access.kind !== 'public') needsIssuer = true;
      const parameters = (Reflect.getMetadata(keys.parameters, controller, name) ?? {}) as Record<string, { schema?: unknown }>;
      if (Object.entries(parameters).some(([key, { schema }]) => key.split(':')[0] === bodyParameter && !schema)) {
        faults.push(`${route} has a @Body() without a schema: write @Body({ schema: … }).`);
      }
    }
  }
  return { needsIssuer, faults };
}

function fullPath(controller: Type, path: unknown): string {
  const prefix: unknown = Reflect.getMetadata(keys.path, controller);
  const parts = [prefix, path].flatMap((part) => String(part ?? '').split('/')).filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
