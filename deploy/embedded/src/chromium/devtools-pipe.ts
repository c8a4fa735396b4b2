import type { Readable, Writable } from 'node:stream';

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** The few words of the Chrome DevTools protocol that a health check needs, over the browser's pipe: JSON, each ended by a zero byte. */
export class DevtoolsPipe {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly to: Writable;
  private rest = '';
  private last = 0;

  constructor(to: Writable, from: Readable) {
    this.to = to;
    // A browser that dies closes both; who waits learns of it by the end of the process.
    to.on('error', () => undefined);
    from.on('error', () => undefined);
    from.on('data', (chunk: Buffer) => {
      const messages = (this.rest + chunk.toString('latin1')).split('\0');
      this.rest = messages.pop() ?? '';
      for (const message of messages) {
        const answer = JSON.parse(message) as Answer;
        if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
      }
    });
  }

  async call(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.last;
    const answer = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    this.waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }
}
