import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PipeTransport } from './pipe-transport.ts';

function open(largest = 1000) {
  const to = new PassThrough();
  const from = new PassThrough();
  const transport = new PipeTransport(to, from, largest);
  const heard: unknown[] = [];
  transport.onmessage = (message) => void heard.push(JSON.parse(message));
  const send = async (...chunks: (string | Buffer)[]) => {
    for (const chunk of chunks) from.write(chunk);
    // Messages are told one per turn of the loop.
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  };
  return { to, from, transport, heard, send };
}

describe('the pipe to the browser', () => {
  it('writes each message with a zero byte behind it', () => {
    const { to, transport } = open();
    transport.send('{"id":1}');
    expect((to.read() as Buffer).toString()).toBe('{"id":1}\0');
  });

  it('reads messages wherever they are cut, in the middle of a character too', async () => {
    const { heard, send } = open();
    const bytes = Buffer.from('{"a":"श्री"}\0{"b":2}\0{"c":3}\0');
    await send(...Array.from(bytes, (byte) => Buffer.from([byte])));
    await send(bytes, bytes.subarray(0, 9), bytes.subarray(9));
    const three = [{ a: 'श्री' }, { b: 2 }, { c: 3 }];
    expect(heard).toEqual([...three, ...three, ...three]);
  });

  it('makes an error of an answer that is too large, for the call that asked, and reads on', async () => {
    const { transport, heard, send } = open(1000);
    const large = (session: string) => `{"id":7,"result":{"data":"${'x'.repeat(5000)}"}${session}}`;
    const answer = large(',"sessionId":"AB12"');
    await send(answer.slice(0, 600), answer.slice(600, 4000), `${answer.slice(4000)}\0{"id":8,"result":{}}\0`);
    await send(`${large('')}\0`);
    expect(heard).toEqual([
      {
        id: 7,
        sessionId: 'AB12',
        error: { code: -32000, message: expect.stringMatching(/answered with 1 MB.*huge pictures/) },
      },
      { id: 8, result: {} },
      { id: 7, error: expect.anything() },
    ]);
    // What was too large is nowhere any more.
    expect(JSON.stringify(transport['parts'])).not.toContain('x'.repeat(9));
  });

  it('says when the browser is gone', async () => {
    const { from, transport } = open();
    let isClosed = false;
    transport.onclose = () => (isClosed = true);
    from.destroy();
    await once(from, 'close');
    expect(isClosed).toBe(true);
  });
});
