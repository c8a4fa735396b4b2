import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createDatabase } from '@laurel/testing';
import { expect, inject, test } from 'vitest';
import { createDataSource } from './create-data-source.ts';

/** ReadyForQuery, and an ErrorResponse of a server that ends (PostgreSQL manual, section 54.7). */
const ready = Buffer.from('5a0000000549', 'hex');
const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0');
const ending = Buffer.concat([Buffer.from('E'), Buffer.from([0, 0, 0, fields.length + 4]), fields]);

test('a server that ends in the packet that completes the connection does not end the process', async () => {
  const url = new URL(await createDatabase(inject('stack').postgresUrl));
  const [host, port] = [url.hostname, Number(url.port)];
  let isEnding = false;
  const proxy = createServer((client) => {
    const server = connect(port, host);
    client.on('error', () => server.destroy()).on('close', () => server.destroy());
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(server);
    server.on('data', (chunk) => {
      const endsNow = isEnding && chunk.includes(ready);
      client.write(endsNow ? Buffer.concat([chunk, ending]) : chunk);
      if (endsNow) client.end();
    });
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  url.port = String((proxy.address() as { port: number }).port);
  url.hostname = '127.0.0.1';
  const dataSource = createDataSource({ url: url.href, applicationName: 'test', log: { warn: () => undefined } });
  await dataSource.initialize();
  // The pool's one idle client is in use, so that each of these has to connect.
  const holder = dataSource.createQueryRunner();
  await holder.query('SELECT 1');
  isEnding = true;
  await expect(dataSource.query('SELECT 1')).rejects.toThrow(/connection|terminated/i);
  isEnding = false;
  expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await holder.release();
  await dataSource.destroy();
  proxy.close();
});
