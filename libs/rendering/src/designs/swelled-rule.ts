/** A rule that swells towards its middle, as engravers cut it, around (x, y). */
export function swelledRule(x: number, y: number, width: number, thickness: number): string {
  const [half, belly] = [width / 2, thickness / 2];
  return `M${x - half} ${y}Q${x} ${y - belly * 2} ${x + half} ${y}Q${x} ${y + belly * 2} ${x - half} ${y}z`;
}
