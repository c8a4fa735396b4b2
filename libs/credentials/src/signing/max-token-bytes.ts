/** The most bytes of a token that is verified, and so of one that is made. */
export const maxTokenBytes = 262_144;
