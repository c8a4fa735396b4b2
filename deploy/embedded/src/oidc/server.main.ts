// The OIDC server's own process: node server.main.js <folder> <port> <issuer>. Started by start-oidc.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { demoPeople } from './demo-people.ts';
import { keyStore } from './key-store.ts';
import { loginPage } from './login-page.ts';
import { providerConfiguration } from './provider-configuration.ts';

const [folder = '', port = '', issuer = ''] = process.argv.slice(2);
const provider = new Provider(issuer, providerConfiguration(keyStore(folder)));
provider.on('server_error', (_context, error) => console.error(error));
const protocol = provider.callback();

async function login(request: IncomingMessage, response: ServerResponse, interaction: string): Promise<void> {
  const { prompt } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    // Asked of every native client (RFC 8252), but there is nothing to consent to: see provider-configuration.ts.
    await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
    return;
  }
  if (request.method !== 'POST') {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(loginPage(interaction));
    return;
  }
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw new Error('The form is too large.');
  }
  const person = demoPeople.find(({ id }) => id === new URLSearchParams(body).get('person'));
  if (person === undefined) throw new Error('There is no such person.');
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.id } },
    { mergeWithLastSubmission: false },
  );
}

const server = createServer((request, response) => {
  const [, interaction] = /^\/login\/([\w-]+)$/.exec(request.url ?? '') ?? [];
  if (interaction === undefined) {
    void protocol(request, response);
    return;
  }
  login(request, response, interaction).catch((error: Error) => {
    response
      .writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
      .end(`${error.message} Start the login again.\n`);
  });
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
