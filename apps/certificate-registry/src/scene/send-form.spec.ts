import { expect, it } from 'vitest';

type Part = string | { readonly name: string; readonly bytes: string | Buffer };

/** A page as it was answered. */
export interface AnsweredPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly heading: string | undefined;
}

/** Sends the form of the verify page as a browser does, which sends also the field that was left empty. */
export async function sendForm(
  url: string,
  parts: Readonly<Record<string, Part>>,
  { language = 'en', query = '' } = {},
): Promise<AnsweredPage> {
  const body = new FormData();
  for (const [name, part] of Object.entries({ text: '', file: { name: '', bytes: '' }, ...parts })) {
    if (typeof part === 'string') body.append(name, part);
    else body.append(name, new Blob([new Uint8Array(Buffer.from(part.bytes))]), part.name);
  }
  const headers = { 'accept-language': language };
  const answer = await fetch(`${url}/verify${query}`, { method: 'POST', body, headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, heading: /<h1>([^<]*)<\/h1>/.exec(text)?.[1] };
}

it('tells what went wrong on the way', async () => {
  await expect(sendForm('http://127.0.0.1:9', {})).rejects.toThrow('fetch failed');
});
