/** The audience of tokens for calls between services. */
export const internalAudience = 'laurel-internal';
