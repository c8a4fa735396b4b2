/** Carries where an element stands in the source into the page. */
export const PLACE = 'data-laurel-place';
