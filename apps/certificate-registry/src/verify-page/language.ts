/** The languages that the public pages are written in; the first one is for whoever reads none of them. */
export const languages = ['en', 'hi', 'es', 'fr', 'ar', 'pt'] as const;

/** The language of a page. */
export type Language = (typeof languages)[number];
