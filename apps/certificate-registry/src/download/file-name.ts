/** The header that names a file. Numbers are made of safe characters; what ever came otherwise must not end the header. */
export function fileName(number: string, extension: string, how = 'attachment'): Record<string, string> {
  const safe = number.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return { 'content-disposition': `${how}; filename="${safe}.${extension}"` };
}
