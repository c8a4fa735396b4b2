/** A laurel wreath around the origin, open at the top: the leaves as one path, the two twigs as another. */
export function laurelWreath(radius: number, pairs: number): { leaves: string; twigs: string } {
  const whole = (value: number) => Math.round(value);
  let leaves = '';
  for (const side of [-1, 1]) {
    for (let at = 0; at < pairs; at++) {
      // From near the bottom (90 degrees in a drawing) up to near the top.
      const angle = Math.PI / 2 + side * (0.16 + (at / (pairs - 1)) * 2.42);
      const size = radius * (0.4 - 0.13 * (at / (pairs - 1)));
      const along = angle + (side * Math.PI) / 2;
      for (const lean of [0.62, -0.5]) {
        const way = along - side * lean;
        const from = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
        const tip = [from[0] + size * Math.cos(way), from[1] + size * Math.sin(way)] as const;
        const belly = (turn: number) =>
          [from[0] + size * 0.55 * Math.cos(way + turn), from[1] + size * 0.55 * Math.sin(way + turn)]
            .map(whole)
            .join(' ');
        leaves += `M${from.map(whole).join(' ')}Q${belly(0.55)} ${tip.map(whole).join(' ')}Q${belly(-0.55)} ${from.map(whole).join(' ')}z`;
      }
    }
  }
  const end = (side: number) => {
    const angle = Math.PI / 2 + side * 2.75;
    return `${whole(radius * Math.cos(angle))} ${whole(radius * Math.sin(angle))}`;
  };
  const twigs = `M0 ${radius}A${radius} ${radius} 0 0 1 ${end(1)}M0 ${radius}A${radius} ${radius} 0 0 0 ${end(-1)}`;
  return { leaves, twigs };
}
