/**
 * Runs in the page: how many of the modules of a QR code, as a part of all with its quiet zone, do not look on its picture as they should: a dark one is darker than a third of white, a
 * light one lighter than two thirds. The code stands in the picture at `left`, `top`. Stands alone.
 */
export async function countWrongModules(
  picture: string,
  path: string,
  size: number,
  [left, top, width, height]: readonly [number, number, number, number],
): Promise<number> {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const draw = (wide: number, tall: number, paint: (context: CanvasRenderingContext2D) => void) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [wide, tall];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('The browser has no canvas.');
    paint(context);
    return context.getImageData(0, 0, wide, tall);
  };
  const shown = draw(image.naturalWidth, image.naturalHeight, (context) => context.drawImage(image, 0, 0));
  const step = 4;
  const meant = draw(size * step, size * step, (context) => {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size * step, size * step);
    context.scale(step, step);
    context.fillStyle = '#000';
    context.fill(new Path2D(path), 'evenodd');
  });
  const lightness = (picture: ImageData, x: number, y: number) => {
    const { data } = picture;
    const at = 4 * (y * picture.width + x);
    return (0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)) / 255;
  };
  let wrong = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isDark = lightness(meant, x * step + step / 2, y * step + step / 2) < 0.5;
      const light = lightness(
        shown,
        Math.floor(left + ((x + 0.5) * width) / size),
        Math.floor(top + ((y + 0.5) * height) / size),
      );
      if (isDark ? light > 1 / 3 : light < 2 / 3) wrong++;
    }
  }
  return wrong / (size * size);
}
