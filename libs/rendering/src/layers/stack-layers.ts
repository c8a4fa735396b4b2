/** The QR code of a page as the writer would draw it. */
export interface StackedCode {
  readonly matrix: readonly number[];
  readonly size: number;
  readonly path: string;
}

/**
 * Runs in the page. Called after the still layer was filled, it puts its pages aside; called again after the moving layer was filled, it lays each page of that on
 * the one put aside, with its QR code, as they will lie on paper. Stands alone.
 */
export function stackLayers(codes: readonly StackedCode[] | undefined): void {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  if (codes === undefined) {
    state.below = state.pages;
    return;
  }
  const svgName = 'http://www.w3.org/2000/svg';
  const { below = [] } = state;
  if (below.length !== state.pages.length) throw new Error('The layers are of different numbers of pages.');
  document.body.replaceChildren(
    ...below.map((still, at) => {
      const both = document.createElement('div');
      both.style.cssText = 'position:relative;isolation:isolate';
      const moving = state.pages[at];
      if (moving !== undefined) {
        moving.style.position = 'absolute';
        moving.style.top = '0';
        both.append(still, moving);
      }
      const code = codes[at];
      if (code !== undefined) {
        const drawing = document.createElementNS(svgName, 'svg');
        drawing.setAttribute('style', 'position:absolute;left:0;top:0;width:100%;height:100%');
        const group = document.createElementNS(svgName, 'g');
        group.setAttribute('transform', `matrix(${code.matrix.join(' ')}) scale(${1 / code.size})`);
        const paper = document.createElementNS(svgName, 'path');
        paper.setAttribute('d', `M0 0h${code.size}v${code.size}h-${code.size}z`);
        paper.setAttribute('style', 'fill:#fff');
        const path = document.createElementNS(svgName, 'path');
        path.setAttribute('d', code.path);
        path.setAttribute('style', 'fill:#000;fill-rule:evenodd');
        group.append(paper, path);
        drawing.append(group);
        // In the page itself: the browser rounds the size of a drawing to the pixels of what it stands in.
        (moving ?? both).append(drawing);
      }
      return both;
    }),
  );
}
