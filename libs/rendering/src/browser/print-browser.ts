import type { RendererOptions } from './browser-options.ts';
import { browserBytes } from './browser-bytes.ts';
import { BrowserProcess } from './browser-process.ts';
import { endNow } from './end-now.ts';
import { type PageKind, PageSeat } from './page-seat.ts';
import { sessionMembers } from './session-members.ts';
import { type ProcessMemory, sessionMemory } from './session-memory.ts';

/** Two pages print at once, more gain nothing on two cores; one is kept for calls. */
const SEATS: readonly PageKind[] = ['print', 'print', 'call'];

/** A look at all processes of the machine takes some milliseconds of CPU; pages come and go more rarely. */
const MEMBERS_MS = 2000;

/** One browser with its pages, and what it has done. */
export class PrintBrowser {
  /** How many certificates it has printed. */
  printed = 0;
  /** How often one of its pages was used. */
  runs = 0;
  /** What the browser took when a page of it was ended for it; until the run of that page has heard it. */
  overgrown: string | undefined;
  readonly seats: readonly PageSeat[];
  private readonly process: BrowserProcess;
  private ended: number | undefined;
  private members: number[] = [];
  private membersAt = -Infinity;

  private constructor(process: BrowserProcess) {
    this.process = process;
    this.seats = SEATS.map((kind) => new PageSeat(process.browser, kind));
  }

  /** Throws, naming the fix, where it does not start. */
  static start(options: RendererOptions): Promise<PrintBrowser> {
    return BrowserProcess.start(options, async (process) => {
      const started = new PrintBrowser(process);
      // The page for calls comes with the first call: a worker that only prints does not pay for it.
      for (const seat of started.seats) if (seat.kind === 'print') await seat.open();
      // The page that every browser opens by itself is a process of its own.
      const [first] = await process.browser.pages();
      await first?.close();
      return started;
    });
  }

  get alive(): boolean {
    return this.process.alive;
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Its resident bytes. */
  get bytes(): number {
    return browserBytes(this.memory());
  }

  /** What each of its processes holds. Who they are is looked up now and then: another page is a process that the next look finds. */
  private memory(): ProcessMemory[] {
    if (performance.now() - this.membersAt > MEMBERS_MS) {
      this.members = sessionMembers(this.pid);
      this.membersAt = performance.now();
    }
    return sessionMemory(this.pid, this.members);
  }

  /** Where it holds more than `most` bytes, ends the process that holds most: a page, whose run then fails, or the browser itself. Says what it found, if so. */
  trim(most: number): string | undefined {
    const processes = this.memory();
    // The last one is still going; what it holds comes free by itself.
    if (processes.some(({ pid }) => pid === this.ended)) return undefined;
    const bytes = browserBytes(processes);
    if (bytes <= most) return undefined;
    const [largest] = processes.toSorted((one, other) => other.own - one.own);
    if (largest === undefined || largest.pid === this.pid) endNow({ group: this.pid });
    else endNow({ process: largest.pid });
    this.ended = largest?.pid;
    return (this.overgrown = `${Math.round(bytes / 2 ** 20)} MiB of at most ${Math.round(most / 2 ** 20)} MiB`);
  }

  /** Ends the process, politely or at once, and takes its folder away. */
  close(force = false): Promise<void> {
    return this.process.close(force);
  }
}
