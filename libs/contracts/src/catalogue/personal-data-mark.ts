/** The mark of a field that holds personal data; it stands in the generated JSON Schema too. */
export const personalDataMark = 'x-personal-data';
