/** A closed ring of points around the origin, as the rim of a seal: in turn at the outer and at the inner radius. */
export function burst(outer: number, inner: number, points: number): string {
  const corners = Array.from({ length: points * 2 }, (_, at) => {
    const [angle, radius] = [-Math.PI / 2 + (at * Math.PI) / points, at % 2 === 0 ? outer : inner];
    return `${Math.round(radius * Math.cos(angle))} ${Math.round(radius * Math.sin(angle))}`;
  });
  return `M${corners.join('L')}z`;
}
