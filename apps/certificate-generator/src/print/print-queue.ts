import { TransientError } from '@laurel/messaging';
import {
  BrowserUnavailable,
  type PdfDocument,
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
  print(plan: RenderPlan, records: readonly PrintRecord[]): Promise<PdfDocument[]>;
}

/** The PDF of one record, or why there is none. */
export type Printed = PdfDocument | Pick<PrintFailure, 'reason' | 'message'>;

interface Job {
  readonly kind: 'print' | 'compile';
  readonly begin: () => void;
}

/** Works at the browser at a time: as many as it has pages for printing. */
const pages = 2;
/** A compilation takes a second or more: one at a time, so that a page is left for print runs. */
const compilations = 1;
/** Print runs of one lane that wait here; a lane with so many takes no further slice. */
const mostQueued = 2;
const lanes = ['interactive', 'bulk'] as const;

/** Both lanes wait for the plan of a template: neither ends the other's compilation. */
const neverEnds = new AbortController().signal;

/** The one queue before the browser: interactive print runs first, in each lane in order. */
export class PrintQueue {
  private readonly waiting: Record<Lane, Job[]> = { interactive: [], bulk: [] };
  private readonly outside: Record<Lane, (() => void)[]> = { interactive: [], bulk: [] };
  private readonly working = { print: 0, compile: 0 };

  constructor(private readonly printer: Printer) {}

  /**
   * Resolves as soon as fewer than two works of the lane wait: only then should the next one be made ready.
   *
   * @throws what the signal ends with
   */
  async room(lane: Lane, signal: AbortSignal): Promise<void> {
    while (this.waiting[lane].length >= mostQueued) {
      signal.throwIfAborted();
      const turn = Promise.withResolvers<void>();
      this.outside[lane].push(turn.resolve);
      const leave = () => turn.resolve();
      signal.addEventListener('abort', leave, { once: true });
      await turn.promise;
      signal.removeEventListener('abort', leave);
    }
    signal.throwIfAborted();
  }

  /**
   * Prints one run, once: what the printer has printed of a run with failures is kept.
   *
   * @param signal drops the run while it waits; one that prints is printed
   * @throws {TransientError} when the browser is away
   */
  async print(lane: Lane, plan: RenderPlan, records: readonly PrintRecord[], signal: AbortSignal): Promise<Printed[]> {
    return this.inTurn(lane, 'print', signal, () => this.run(plan, records));
  }

  /**
   * Compiles a template, in the turn of its lane.
   *
   * @throws {TransientError} when the browser is away; what the renderer throws of a template that cannot be compiled
   */
  async compile(lane: Lane, template: TemplateSource): Promise<RenderPlan> {
    return this.inTurn(lane, 'compile', neverEnds, async () => {
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

  private async inTurn<Result>(
    lane: Lane,
    kind: Job['kind'],
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.turn(lane, kind, signal);
    try {
      return await work();
    } finally {
      this.working[kind]--;
      this.next();
    }
  }

  private turn(lane: Lane, kind: Job['kind'], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const queue = this.waiting[lane];
      const leave = () => {
        queue.splice(queue.indexOf(job), 1);
        reject(signal.reason as Error);
        this.next();
      };
      const job: Job = {
        kind,
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(job);
      this.next();
    });
  }

  private next(): void {
    while (this.working.print + this.working.compile < pages) {
      const job = this.first();
      if (!job) break;
      this.working[job.kind]++;
      job.begin();
    }
    for (const lane of lanes) {
      if (this.waiting[lane].length < mostQueued) for (const enter of this.outside[lane].splice(0)) enter();
    }
  }

  private first(): Job | undefined {
    for (const lane of lanes) {
      const at = this.waiting[lane].findIndex(({ kind }) => kind === 'print' || this.working.compile < compilations);
      const [job] = at < 0 ? [] : this.waiting[lane].splice(at, 1);
      if (job) return job;
    }
    return undefined;
  }
}

/** Without a browser no record is to blame; the printer itself has tried again before it blames one. */
function transient(error: unknown): unknown {
  if (!(error instanceof BrowserUnavailable)) return error;
  return new TransientError('browser', 'The browser is away; it is started again', { cause: error });
}
