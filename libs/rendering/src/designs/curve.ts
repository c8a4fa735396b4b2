/** A closed or open line through points, as path data with whole numbers: short, and the same on every machine. */
export function curve(points: readonly (readonly [number, number])[], isClosed = false): string {
  let path = '';
  let [lastX, lastY] = [0, 0];
  points.forEach(([exactX, exactY], at) => {
    const [x, y] = [Math.round(exactX), Math.round(exactY)];
    if (at === 0) path = `M${x} ${y}l`;
    else if (x !== lastX || y !== lastY) {
      const [dx, dy] = [x - lastX, y - lastY];
      path += `${path.endsWith('l') || dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`;
    }
    [lastX, lastY] = [x, y];
  });
  return isClosed ? `${path}z` : path;
}
