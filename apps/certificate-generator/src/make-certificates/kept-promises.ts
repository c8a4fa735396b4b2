/** Keeps what was made by a key; what was used longest ago goes first. What failed is not kept. */
export class KeptPromises<Value> {
  private readonly kept = new Map<string, { readonly made: Promise<Value>; weight: number | undefined }>();
  private weight = 0;

  /**
   * @param most how much is kept
   * @param weigh what one counts, once it is made; one each where nothing is given
   */
  constructor(
    private readonly most: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {}

  /** What was kept for the key, or what `make` makes; of several that ask at once one makes it. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.kept.get(key);
    if (found) {
      this.kept.delete(key);
      this.kept.set(key, found);
      return found.made;
    }
    const entry: { made: Promise<Value>; weight: number | undefined } = { made: make(), weight: undefined };
    this.kept.set(key, entry);
    entry.made.then(
      (value) => this.put(entry, this.weigh(value)),
      () => {
        if (this.kept.get(key) === entry) this.kept.delete(key);
      },
    );
    return entry.made;
  }

  /** The newest stays, whatever it weighs: who asked for it is about to use it. */
  private put(entry: { weight: number | undefined }, weight: number): void {
    entry.weight = weight;
    this.weight += weight;
    for (const [key, oldest] of this.kept) {
      if (this.weight <= this.most || oldest === entry) return;
      // What is still being made stays.
      if (oldest.weight === undefined) continue;
      this.kept.delete(key);
      this.weight -= oldest.weight;
    }
  }
}
