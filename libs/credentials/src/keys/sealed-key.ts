/** The layout of a sealed key: one byte of version, 12 of nonce, the ciphertext, 16 of tag. */
export const sealedKey = { version: 1, nonceBytes: 12, tagBytes: 16, masterBytes: 32 } as const;
