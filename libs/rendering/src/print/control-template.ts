/** A page that every browser prints that prints at all. */
export const controlTemplate = {
  key: 'control',
  mediaType: 'image/svg+xml' as const,
  source:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text x="99" y="99">{{recipient.name}}</text></svg>',
  images: {},
};
