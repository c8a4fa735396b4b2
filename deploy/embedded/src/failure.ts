/** A step that cannot go on: what happened, and what the person at the terminal can do about it. */
export class Failure extends Error {
  readonly fix: string;

  constructor(what: string, fix: string) {
    super(`${what}\n  → ${fix}`);
    this.name = 'Failure';
    this.fix = fix;
  }
}
