import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import type { RouteAccess } from './route-access.ts';
import { routeAccessKey } from './route-access-key.ts';

// Nest keeps what its decorators say under these keys (its constants are not exported).
const keys = { path: 'path', method: 'method', parameters: '__routeArguments__' };
const bodyParameter = '3';

/** What the routes of a service need. */
export interface CheckedRoutes {
  /** Some route is not public, so that an issuer has to be known. */
  readonly needsIssuer: boolean;
  /** Who may use each route, by `<controller>_<method>`, which is its operation id in the OpenAPI document. */
  readonly access: ReadonlyMap<string, RouteAccess>;
  /** One sentence for each route that cannot be served as it is. */
  readonly faults: readonly string[];
}

/**
 * Looks at every HTTP route of every module: each says who may use it, and each body has a schema (without one nothing is
 * validated, and the OpenAPI document has no body, both silently).
 */
export function checkRoutes(modules: ModulesContainer): CheckedRoutes {
  const faults: string[] = [];
  const found = new Map<string, RouteAccess>();
  const controllers = new Set(
    [...modules.values()].flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)),
  );
  for (const controller of controllers) {
    if (typeof controller !== 'function') continue;
    for (const name of new MetadataScanner().getAllMethodNames(controller.prototype as object)) {
      const handler = (controller.prototype as Record<string, object>)[name] as object;
      const path = Reflect.getMetadata(keys.path, handler) as string | string[] | undefined;
      if (path === undefined) continue;
      const method = RequestMethod[Reflect.getMetadata(keys.method, handler) as RequestMethod];
      const route = `${controller.name}.${name} (${method} ${fullPath(controller as Type, path)})`;
      const access = (Reflect.getMetadata(routeAccessKey, handler) ??
        Reflect.getMetadata(routeAccessKey, controller)) as RouteAccess | undefined;
      if (!access) {
        faults.push(`${route} does not say who may use it: add @Roles('creator', …), @Public() or @Internal().`);
      } else found.set(`${controller.name}_${name}`, access);
      const parameters = (Reflect.getMetadata(keys.parameters, controller, name) ?? {}) as Record<
        string,
        { schema?: unknown }
      >;
      if (Object.entries(parameters).some(([key, { schema }]) => key.split(':')[0] === bodyParameter && !schema)) {
        faults.push(`${route} has a @Body() without a schema: write @Body({ schema: … }).`);
      }
    }
  }
  return { faults, access: found, needsIssuer: [...found.values()].some(({ kind }) => kind !== 'public') };
}

function fullPath(controller: Type, path: string | string[]): string {
  const prefix = Reflect.getMetadata(keys.path, controller) as string | string[] | undefined;
  const parts = [prefix ?? '', path].flatMap((part) => String(part).split('/')).filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
