/** Whether what was presented is JSON with its proof inside, and no token. */
export function isDocument(presented: string | object): presented is object | `{${string}` {
  return typeof presented !== 'string' || presented.startsWith('{');
}
