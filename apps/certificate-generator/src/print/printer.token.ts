/** Injects the one `Renderer` of the process. */
export const PRINTER = Symbol('laurel.printer');
