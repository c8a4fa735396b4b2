/** The star {points/skip} around the origin, one point up: every point joined to the one `skip` further, as one path. */
export function starPolygon(radius: number, points: number, skip: number, turn = 0): string {
  const at = (index: number) => {
    const angle = -Math.PI / 2 + turn + (index / points) * 2 * Math.PI;
    return `${Math.round(radius * Math.cos(angle))} ${Math.round(radius * Math.sin(angle))}`;
  };
  const rounds = greatestDivisor(points, skip);
  return Array.from({ length: rounds }, (_, round) => {
    const corners = Array.from({ length: points / rounds }, (_, step) => at(round + step * skip));
    return `M${corners.join('L')}z`;
  }).join('');
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
