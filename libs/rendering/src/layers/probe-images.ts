/** The pictures that probes show: one pixel, for a picture slot is as large as its place. */
export const probeImages: readonly string[] = [
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
];
