/** Runs in the page, before a picture of it is taken: lets each page begin on an even pixel, so that no page is rounded otherwise than another; gives the size of them all. Stands alone. */
export function spreadPages(): { width: number; height: number } {
  let height = 0;
  for (const page of document.body.children) {
    const own = page.getBoundingClientRect().height;
    const pitch = 2 * Math.ceil(own / 2 + 1);
    (page as HTMLElement).style.borderBottom = `${pitch - own}px solid transparent`;
    height += pitch;
  }
  return { width: document.querySelector('.laurel-page')?.getBoundingClientRect().width ?? 0, height };
}
