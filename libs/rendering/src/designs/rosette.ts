import { curve } from './curve.ts';

/** A rosette of interlaced waves between two radii around the origin: one path for each strand. */
export function rosette(inner: number, outer: number, petals: number, strands: number, points = 14): string[] {
  const [middle, swing] = [(inner + outer) / 2, (outer - inner) / 2];
  return Array.from({ length: strands }, (_, strand) => {
    const phase = (strand / strands) * 2 * Math.PI;
    return curve(
      Array.from({ length: petals * points }, (_, step): [number, number] => {
        const angle = (step / (petals * points)) * 2 * Math.PI;
        const radius = middle + swing * Math.sin(petals * angle + phase);
        return [radius * Math.cos(angle), radius * Math.sin(angle)];
      }),
      true,
    );
  });
}
