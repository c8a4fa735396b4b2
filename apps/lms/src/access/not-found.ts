import { Problem } from '@laurel/service-kit';

/** 404 for a thing that this tenant does not have; one of another tenant is answered the same. */
export function notFound(what: string, list: string): Problem {
  return new Problem(404, {
    code: `${what.replaceAll(' ', '-')}-not-found`,
    detail: `There is no such ${what} in this tenant; GET ${list} lists those that it has.`,
  });
}
