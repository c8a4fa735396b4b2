/** A piece of a template's text: words that stand there for everyone, or a slot. */
export type SlotPart = string | { readonly slot: string };
