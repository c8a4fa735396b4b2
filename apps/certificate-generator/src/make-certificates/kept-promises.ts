/** Keeps what was made by a key; what was used longest ago goes first. What failed is not kept. */
export class KeptPromises<Value> {
  private readonly kept = new Map<string, Promise<Value>>();

  constructor(private readonly most: number) {}

  /** What was kept for the key, or what `make` makes; of several that ask at once one makes it. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.kept.get(key);
    if (found) {
      this.kept.delete(key);
      this.kept.set(key, found);
      return found;
    }
    const made = make();
    this.kept.set(key, made);
    made.catch(() => {
      if (this.kept.get(key) === made) this.kept.delete(key);
    });
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
    return made;
  }
}
