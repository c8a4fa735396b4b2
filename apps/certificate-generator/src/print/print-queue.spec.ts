import { createHash } from 'node:crypto';
import { TransientError } from '@laurel/messaging';
import {
  BrowserUnavailable,
  PdfDocument,
  PrintFailed,
  type PrintRecord,
  type RenderPlan,
  type TemplateSource,
} from '@laurel/rendering';
import { describe, expect, test } from 'vitest';
import type { Lane } from './lane.ts';
import { type Printer, PrintQueue } from './print-queue.ts';

const plan = {} as RenderPlan;
const records = (title: string): PrintRecord[] => [{ values: {}, qr: 'https://x', title }];
const never = new AbortController().signal;
const pdf = (text: string) => new PdfDocument(Buffer.from(text), [], createHash('sha256').update(text));
const textOf = (printed: unknown) => (printed instanceof PdfDocument ? printed.toBuffer().toString() : printed);

/** A printer whose runs end when the test says so. */
class SlowPrinter implements Printer {
  readonly began: string[] = [];
  private readonly ends = new Map<string, { resolve: (pdfs: PdfDocument[]) => void; reject: (error: Error) => void }>();

  compile({ source }: TemplateSource): Promise<RenderPlan> {
    this.began.push(source);
    return new Promise((resolve, reject) => this.ends.set(source, { resolve: () => resolve(plan), reject }));
  }

  print(_: RenderPlan, [record]: readonly PrintRecord[]): Promise<PdfDocument[]> {
    const title = record?.title ?? '';
    this.began.push(title);
    return new Promise((resolve, reject) => this.ends.set(title, { resolve, reject }));
  }

  end(title: string, error?: Error): void {
    if (error) this.ends.get(title)?.reject(error);
    else this.ends.get(title)?.resolve([pdf(title)]);
  }
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('the print queue', () => {
  test('prints two runs at a time, interactive ones first', async () => {
    const printer = new SlowPrinter();
    const queue = new PrintQueue(printer);
    const all = ['b1', 'b2', 'b3', 'b4', 'i1'].map((title) =>
      queue.print(title.startsWith('i') ? 'interactive' : 'bulk', plan, records(title), never),
    );
    await turns();
    expect(printer.began).toEqual(['b1', 'b2']);
    for (const title of ['b1', 'i1', 'b2', 'b3', 'b4']) {
      printer.end(title);
      await turns();
    }
    expect(printer.began).toEqual(['b1', 'b2', 'i1', 'b3', 'b4']);
    expect((await Promise.all(all)).flat().map(textOf)).toEqual(['b1', 'b2', 'b3', 'b4', 'i1']);
  });

  test('compiles one template at a time, so that a page is left for print runs', async () => {
    const printer = new SlowPrinter();
    const queue = new PrintQueue(printer);
    const compile = (lane: Lane, source: string) => queue.compile(lane, { mediaType: 'image/svg+xml', source });
    const all = [compile('bulk', 'c1'), compile('bulk', 'c2'), compile('interactive', 'c3')];
    const runs = ['b1', 'b2'].map((title) => queue.print('bulk', plan, records(title), never));
    await turns();
    expect(printer.began).toEqual(['c1', 'b1']);
    for (const title of ['b1', 'c1', 'b2', 'c3', 'c2']) {
      printer.end(title);
      await turns();
    }
    await Promise.all([...all, ...runs]);
    // The interactive one before the bulk one that came earlier, and no two of them side by side.
    expect(printer.began).toEqual(['c1', 'b1', 'b2', 'c3', 'c2']);
  });

  test('has room for a lane while fewer than two of its runs wait, whatever the other lane does', async () => {
    const printer = new SlowPrinter();
    const queue = new PrintQueue(printer);
    const all = ['b1', 'b2', 'b3', 'b4'].map((title) => queue.print('bulk', plan, records(title), never));
    await turns();
    let hasRoom = false;
    const room = queue.room('bulk', never).then(() => (hasRoom = true));
    await queue.room('interactive', never);
    const gone = new AbortController();
    const left = queue.room('bulk', gone.signal);
    gone.abort(new Error('lost'));
    await expect(left).rejects.toThrow('lost');
    await turns();
    expect(hasRoom).toBe(false);
    printer.end('b1');
    await room;
    for (const title of ['b2', 'b3', 'b4']) {
      printer.end(title);
      await turns();
    }
    await Promise.all(all);
  });

  test('drops what waits when its slice is lost, and goes on with the others', async () => {
    const printer = new SlowPrinter();
    const queue = new PrintQueue(printer);
    const lost = new AbortController();
    const first = [queue.print('bulk', plan, records('b1'), never), queue.print('bulk', plan, records('b2'), never)];
    const dropped = queue.print('bulk', plan, records('b3'), lost.signal);
    const last = queue.print('bulk', plan, records('b4'), never);
    lost.abort(new Error('lost'));
    await expect(dropped).rejects.toThrow('lost');
    for (const title of ['b1', 'b2', 'b4']) {
      printer.end(title);
      await turns();
    }
    await Promise.all([...first, last]);
    expect(printer.began).toEqual(['b1', 'b2', 'b4']);
  });

  test('tells the failure of one record beside the documents of the others', async () => {
    const printer = new SlowPrinter();
    const run = new PrintQueue(printer).print('bulk', plan, [...records('wide'), ...records('fits')], never);
    await turns();
    const failure = { index: 0, reason: 'does-not-fit' as const, message: 'too wide' };
    printer.end('wide', new PrintFailed([failure], [undefined, pdf('pdf')]));
    expect((await run).map(textOf)).toEqual([failure, 'pdf']);
    expect(printer.began).toEqual(['wide']);
  });

  test.each(['crashed', 'timeout', 'refused'] as const)('tells a record that is to blame: %s', async (reason) => {
    const printer = new SlowPrinter();
    const run = new PrintQueue(printer).print('bulk', plan, records('a'), never);
    await turns();
    const failure = { index: 0, reason, message: 'twice alone' };
    printer.end('a', new PrintFailed([failure], [undefined]));
    expect(await run).toEqual([failure]);
  });

  test('waits for a browser that is away, and blames no record', async () => {
    const printer = new SlowPrinter();
    const run = new PrintQueue(printer).print('bulk', plan, records('a'), never);
    await turns();
    printer.end('a', new BrowserUnavailable('gone'));
    await expect(run).rejects.toThrow(TransientError);
    await expect(run).rejects.toMatchObject({ dependency: 'browser' });
  });
});
