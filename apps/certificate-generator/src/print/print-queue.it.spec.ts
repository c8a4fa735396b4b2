import { builtInTemplates, PdfDocument, type PrintRecord, type RenderPlan, Renderer } from '@laurel/rendering';
import { provideBrowser } from '@laurel/testing';
import { expect, test } from 'vitest';
import { PrintQueue } from './print-queue.ts';

const quiet = { info: () => undefined, warn: () => undefined };

test('a name that fits nowhere fails alone; its thirty neighbours are printed in the same run, once', async () => {
  const renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
  try {
    const runs: number[] = [];
    const queue = new PrintQueue({
      compile: (template) => renderer.compile(template),
      print: (plan: RenderPlan, records: readonly PrintRecord[]) => {
        runs.push(records.length);
        return renderer.print(plan, records);
      },
    });
    const [design] = builtInTemplates;
    const plan = await queue.compile('bulk', design ?? { mediaType: 'text/html', source: '' });
    const names = Array.from({ length: 31 }, (_, at) => (at === 17 ? 'W'.repeat(200) : `Learner ${at}`));
    const records = names.map((name) => ({ values: { 'recipient.name': name }, qr: 'https://x.example', title: name }));
    const printed = await queue.print('bulk', plan, records, new AbortController().signal);
    expect(
      printed.map((one) => (one instanceof PdfDocument ? one.toBuffer().toString('latin1', 0, 5) : one.reason)),
    ).toEqual(names.map((_, at) => (at === 17 ? 'does-not-fit' : '%PDF-')));
    expect(runs).toEqual([31]);
  } finally {
    await renderer.close();
  }
});
