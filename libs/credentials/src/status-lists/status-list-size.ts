/** Entries of each of our lists: 16 KB of bits, the least that Bitstring Status List 1.0 asks for, so that one hides among many. */
export const statusListSize = 131_072;
