/** What `npm start` prints: one line per step with its time, rewritten in place at a terminal, plain lines elsewhere. */
export class Progress {
  private readonly out: NodeJS.WriteStream;
  private readonly began = performance.now();
  private passing = false;

  constructor(out: NodeJS.WriteStream) {
    this.out = out;
  }

  get seconds(): string {
    return ((performance.now() - this.began) / 1000).toFixed(1);
  }

  /** Runs one step. Its result, where it is a text, stands behind the name. */
  async step<T>(
    name: string,
    work: (report: (line: string) => void) => Promise<T>,
    words: (result: T) => string = () => '',
  ): Promise<T> {
    const began = performance.now();
    const time = () => `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7);
    this.pass(`  …      ${name}`);
    try {
      const result = await work((line) => {
        this.line(`         ${name}: ${line}`);
        this.pass(`  …      ${name}`);
      });
      this.line(`${time()}  ${[name, words(result)].filter((part) => part !== '').join(': ')}`);
      return result;
    } catch (error) {
      this.line(`${time()}  ${name}: failed`);
      throw error;
    }
  }

  /** A line that stays. */
  line(text: string): void {
    this.out.write(`${this.passing ? '\r\u001b[K' : ''}${text}\n`);
    this.passing = false;
  }

  /** A line that the next one replaces; only at a terminal. */
  pass(text: string): void {
    if (!this.out.isTTY) return;
    this.out.write(`\r\u001b[K${text.slice(0, (this.out.columns || 80) - 1)}`);
    this.passing = true;
  }

  get live(): boolean {
    return this.out.isTTY;
  }
}
