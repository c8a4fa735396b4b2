import { Injectable } from '@nestjs/common';

/** Tells the sender of this process that a lane is due. Signals that come while it is busy are one signal. */
@Injectable()
export class WakeSignal {
  private isSet = false;
  private release: (() => void) | undefined;

  /** To be called after the commit that made a lane due. */
  readonly wake = (): void => {
    this.isSet = true;
    this.release?.();
  };

  /** Resolves at the next signal, at once if there was one since the last wait, or after so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.isSet) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.release = undefined;
    }
    this.isSet = false;
  }
}
