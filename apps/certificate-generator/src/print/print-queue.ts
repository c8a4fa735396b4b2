import { TransientError } from '@laurel/messaging';
import {
  BrowserUnavailable,
  PrintFailed,
  type PrintFailure,
  type PrintRecord,
  type RenderPlan,
  type TemplateSource,
} from '@laurel/rendering';
import type { Lane } from './lane.ts';

/** What the queue needs of a `Renderer`. */
export interface Printer {
  compile(template: TemplateSource): Promise<RenderPlan>;
  print(plan: RenderPlan, records: readonly PrintRecord[]): Promise<Buffer[]>;
}

/** The PDF of one record, or why there is none. */
export type Printed = Buffer | Pick<PrintFailure, 'reason' | 'message'>;

interface Job {
  readonly begin: () => void;
  readonly drop: (error: unknown) => void;
}

/** Print runs at the browser at a time: as many as it has pages. */
const pages = 2;
/** Print runs of one lane that wait here at most; who brings more waits with them. */
const mostQueued = 2;

/** Both lanes wait for the plan of a template: neither ends the other's compilation. */
const neverEnds = new AbortController().signal;

/** The one queue before the browser: interactive print runs first, in each lane in order. */
export class PrintQueue {
  private readonly waiting: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  private readonly outside: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  private printing = 0;

  constructor(private readonly printer: Printer) {}

  /**
   * Prints one run, once: what the printer has printed of a run with failures is kept.
   *
   * @param signal drops the run while it waits; one that prints is printed
   * @throws {TransientError} when the browser is away
   */
  async print(lane: Lane, plan: RenderPlan, records: readonly PrintRecord[], signal: AbortSignal): Promise<Printed[]> {
    return this.inTurn(lane, signal, () => this.run(plan, records));
  }

  /**
   * Compiles a template, in the turn of its lane.
   *
   * @throws {TransientError} when the browser is away; what the renderer throws of a template that cannot be compiled
   */
  async compile(lane: Lane, template: TemplateSource): Promise<RenderPlan> {
    return this.inTurn(lane, neverEnds, async () => {
      try {
        return await this.printer.compile(template);
      } catch (error) {
        throw transient(error);
      }
    });
  }

  private async run(plan: RenderPlan, records: readonly PrintRecord[]): Promise<Printed[]> {
    try {
      return await this.printer.print(plan, records);
    } catch (error) {
      if (!(error instanceof PrintFailed)) throw transient(error);
      const failures = new Map(error.failures.map((failure) => [failure.index, failure]));
      return records.map((_, index) => {
        const printed = error.printed[index] ?? failures.get(index);
        if (!printed) throw new Error('The renderer told neither a document nor a failure of a record');
        return printed;
      });
    }
  }

  private async inTurn<Result>(lane: Lane, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    await this.turn(lane, signal);
    try {
      return await work();
    } finally {
      this.printing--;
      this.next();
    }
  }

  private turn(lane: Lane, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const job: Job = {
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        drop: reject,
      };
      const leave = () => {
        for (const queue of [this.waiting[lane], this.outside[lane]]) {
          const at = queue.indexOf(job);
          if (at >= 0) queue.splice(at, 1);
        }
        reject(signal.reason as Error);
        this.next();
      };
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      this.outside[lane].push(job);
      this.next();
    });
  }

  private next(): void {
    for (const lane of ['interactive', 'bulk'] as const) {
      const [waiting, outside] = [this.waiting[lane], this.outside[lane]];
      while (waiting.length < mostQueued && outside.length > 0) waiting.push(...outside.splice(0, 1));
    }
    while (this.printing < pages) {
      const job = this.waiting.interactive.shift() ?? this.waiting.bulk.shift();
      if (!job) return;
      this.printing++;
      job.begin();
      this.next();
    }
  }
}

/** Without a browser no record is to blame; the printer itself has tried again before it blames one. */
function transient(error: unknown): unknown {
  if (!(error instanceof BrowserUnavailable)) return error;
  return new TransientError('browser', 'The browser is away; it is started again', { cause: error });
}
