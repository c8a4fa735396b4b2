import { waitFor } from '../waiting/wait-for.ts';

/** Holds whoever comes to it until it is opened; then it lets everyone through. */
export interface Gate {
  /** For the handler: comes here and waits. */
  pass(): Promise<void>;
  /** For the test: waits until so many are here. */
  reached(count: number): Promise<void>;
  open(): void;
}

/** A gate that is closed. */
export function closedGate(): Gate {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    pass() {
      arrived++;
      return opened;
    },
    async reached(count) {
      await waitFor(
        'the handlers at the gate',
        () => arrived,
        (seen) => seen >= count,
      );
    },
    open: () => open(),
  };
}
