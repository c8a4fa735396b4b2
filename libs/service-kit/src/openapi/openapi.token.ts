/** Injects what makes the OpenAPI document of the service that runs. */
export const OPENAPI = Symbol('laurel.openapi');
