import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readFields } from '../../src/web/http/form.js';
import { cliPlace } from '../support/run-cli.js';
import { servedPage } from './support/served.js';

/** The request of somebody who announces more than comes, and keeps the connection. */
async function begunForm(): Promise<{ readonly incoming: IncomingMessage; readonly client: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nname=a');
  const [incoming] = (await once(server, 'request')) as [IncomingMessage];
  return { incoming, client };
}

test('a form that does not come to its end ends its connection', async () => {
  const { incoming, client } = await begunForm();
  const closed = once(client, 'close');
  expect(await readFields(incoming, 20)).toMatchObject({ problems: [{ code: 'web.form.unreadable' }] });
  await closed;
});

test('a form that breaks off is no bug', async () => {
  const { incoming, client } = await begunForm();
  const read = readFields(incoming);
  client.destroy();
  expect(await read).toMatchObject({ problems: [{ code: 'web.form.unreadable' }] });
});

test('who opens connections without end gets a thousand, and the page is there again once they are gone', async () => {
  const page = await servedPage(cliPlace());
  const opened = await Promise.all(
    Array.from({ length: 1_001 }, async () => {
      const socket = connect(page.port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      return socket;
    }),
  );
  await expect.poll(() => opened.filter(({ closed }) => closed).length).toBeGreaterThan(0);
  for (const socket of opened) socket.destroy();
  await expect.poll(async () => (await page.get('/').catch(() => null))?.status).toBe(200);
});
