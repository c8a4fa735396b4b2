/** A five-pointed star around the origin, one point up, as path data. */
export function star(radius: number): string {
  const points = Array.from({ length: 10 }, (_, at) => {
    const [angle, length] = [-Math.PI / 2 + (at * Math.PI) / 5, at % 2 === 0 ? radius : radius * 0.42];
    return `${Math.round(length * Math.cos(angle))} ${Math.round(length * Math.sin(angle))}`;
  });
  return `M${points.join('L')}z`;
}
