/** Names our transport among Nest's: handlers marked with `@On` belong to it and to no other. */
export const sliceTransportId: unique symbol = Symbol('laurel.slices');
