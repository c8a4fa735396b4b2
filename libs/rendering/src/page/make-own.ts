/** Runs in the page, after makeLayers: the layer of what is each page's own, which is the moving one of a template in SVG without the parts that all pages share. Stands alone. */
export function makeOwn(parts: readonly number[]): void {
  const state = globalThis.laurel;
  if (state?.layers === undefined) throw new Error('The layers of the template are not made.');
  const own = state.layers.moving.cloneNode(true) as HTMLElement;
  for (const part of own.querySelectorAll('[data-laurel-moving]')) {
    if (!parts.includes(Number(part.getAttribute('data-laurel-moving')))) continue;
    if (part instanceof SVGTextElement && part.hasAttribute('data-laurel-text'))
      for (const side of [part.previousElementSibling, part.nextElementSibling])
        if (side?.hasAttribute('data-laurel-marker')) side.remove();
    part.remove();
  }
  state.layers = { ...state.layers, own };
  if (state.kept?.layer === 'own') delete state.kept;
}
