/** Runs in the page, after sharePages: puts before all pages one with nothing but what they share; called again, takes it away. Stands alone. */
export function showAwardParts(model: number, parts: readonly number[]): void {
  const known = document.querySelector('[data-laurel-model]');
  if (known !== null) return known.remove();
  const page = globalThis.laurel?.pages[model]?.cloneNode(true) as HTMLElement | undefined;
  if (page === undefined) throw new Error('No page is filled.');
  page.setAttribute('data-laurel-model', '');
  for (const part of page.querySelectorAll('[data-laurel-moving]')) {
    if (parts.includes(Number(part.getAttribute('data-laurel-moving')))) continue;
    if (part instanceof SVGTextElement && part.hasAttribute('data-laurel-text'))
      for (const side of [part.previousElementSibling, part.nextElementSibling])
        if (side?.hasAttribute('data-laurel-marker')) side.remove();
    part.remove();
  }
  document.body.prepend(page);
}
