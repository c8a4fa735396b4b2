/**
 * Runs in the page, after a run was filled and fitted: paints a loud ground under each filled text of one record, as large as the text. What is painted above the text, however
 * thin, then shows in a picture. Stands alone.
 */
export function coverTexts(record: number): void {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const covered = state.filled.filter((text) => text.record === record);
  const boxes = covered.map(({ element }) =>
    element instanceof SVGTextElement ? element.getBBox() : element.getBoundingClientRect(),
  );
  covered.forEach(({ element }, at) => {
    const { x = 0, y = 0, width = 0, height = 0 } = boxes[at] ?? {};
    if (element instanceof SVGTextElement) {
      const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      // Letters of Latin leave that much of their cell free: what lies there is not in their way.
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      const letters = { x, y: y + size * 0.2, width, height: Math.max(0, height - size * 0.25) };
      for (const [name, value] of Object.entries(letters)) ground.setAttribute(name, String(value));
      const transform = element.getAttribute('transform');
      if (transform !== null) ground.setAttribute('transform', transform);
      ground.style.setProperty('fill', '#f0c', 'important');
      element.before(ground);
    } else {
      // Painted with the words, not with the grounds of blocks, and without a place in the line.
      const holder = document.createElement('span');
      const ground = document.createElement('span');
      holder.style.cssText = 'display:inline-block;width:0;height:0;vertical-align:top';
      ground.style.cssText = `display:block;width:${width}px;height:${height}px;background:#f0c`;
      holder.append(ground);
      element.prepend(holder);
    }
  });
}
