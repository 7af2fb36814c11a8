import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultRule } from '../../../src/sandbox/faults/rules.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { runningSandbox } from '../../sandbox/running-sandbox.js';
import { type Cut, startCuttingProxy } from '../../support/cutting-proxy.js';
import { deadPort, delivery, rawAnswer, SENT, senderTo, tcpServer } from './local-servers.js';

const NOT_SENT = { kind: 'not-sent', onWire: false, halt: null };
const UNCERTAIN = { kind: 'uncertain', reason: 'no-answer' };

describe('an error before the request reached the socket means not sent:', () => {
  test('a refused connection', async () => {
    const outcome = await senderTo(`http://127.0.0.1:${await deadPort()}`).send(delivery());
    expect(outcome).toMatchObject({
      ...NOT_SENT,
      answer: { errorMessage: expect.stringContaining('ECONNREFUSED') },
    });
  });

  test('a name that no server has', async () => {
    const outcome = await senderTo('http://no-such-host.invalid').send(delivery());
    expect(outcome).toMatchObject({
      ...NOT_SENT,
      answer: { errorMessage: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/u) },
    });
  });

  test('a connection that does not come about in time', async () => {
    const { url, seen } = await tcpServer(() => undefined);
    const outcome = await senderTo(url.replace('http:', 'https:'), { timeoutMs: 300 }).send(delivery());
    expect(outcome).toMatchObject({
      ...NOT_SENT,
      answer: { errorMessage: expect.stringContaining('TIMEOUT') },
    });
    expect(seen.requests).toBe(0);
  });

  test('a server that speaks no TLS', async () => {
    const { url, seen } = await tcpServer(
      () => undefined,
      (socket) => socket.write('220 mail.example ready\r\n'),
    );
    const outcome = await senderTo(url.replace('http:', 'https:')).send(delivery());
    expect(outcome).toMatchObject(NOT_SENT);
    expect(seen.requests).toBe(0);
  });

  test('a TLS server that cannot show who it is', async () => {
    const server = createTlsServer({});
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const outcome = await senderTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}`).send(
      delivery(),
    );
    expect(outcome).toMatchObject(NOT_SENT);
  });

  test('a connection that is reset while TLS begins', async () => {
    const { url } = await tcpServer(
      () => undefined,
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await senderTo(url.replace('http:', 'https:')).send(delivery())).toMatchObject(NOT_SENT);
  });

  test('every request that waits for a connection which is refused', async () => {
    const sender = senderTo(`http://127.0.0.1:${await deadPort()}`);
    const outcomes = await Promise.all([1, 2, 3].map((id) => sender.send(delivery({ deliveryId: id }))));
    for (const outcome of outcomes) expect(outcome).toMatchObject(NOT_SENT);
  });
});

describe('any error once the request reached the socket is uncertain:', () => {
  test.each([
    'reset-before',
    'reset-after',
    'close-before',
    'close-after',
    'truncated-before',
    'truncated-after',
  ])('a server with the fault %s, executed or not', async (fault) => {
    const sandbox = await runningSandbox({ faults: [faultRule(fault)] });
    expect(await senderTo(sandbox.url).send(delivery())).toMatchObject(UNCERTAIN);
    expect(executionsByPhone(sandbox.dbFile).get('51987654321') ?? 0).toBe(fault.endsWith('after') ? 1 : 0);
  });

  test.each<[string, Cut]>([
    ['the request after 10 bytes, reset', { side: 'request', afterByte: 10, how: 'reset' }],
    ['the request after 10 bytes, closed', { side: 'request', afterByte: 10, how: 'close' }],
    ['the answer at its first byte, reset', { side: 'response', afterByte: 0, how: 'reset' }],
    ['the answer at its first byte, closed', { side: 'response', afterByte: 0, how: 'close' }],
    ['the answer within its head', { side: 'response', afterByte: 30, how: 'close' }],
    ['the answer within its body, reset', { side: 'response', afterByte: 260, how: 'reset' }],
    ['the answer within its body, closed', { side: 'response', afterByte: 260, how: 'close' }],
  ])('a network that cuts %s', async (_where, cut) => {
    const sandbox = await runningSandbox();
    const proxy = await startCuttingProxy(sandbox.url, () => cut);
    onTestFinished(() => proxy.close());
    expect(await senderTo(proxy.url).send(delivery())).toMatchObject(UNCERTAIN);
    expect(proxy.connections).toHaveLength(1);
  });

  test('no answer in time', async () => {
    const { url, seen } = await tcpServer(() => undefined);
    const outcome = await senderTo(url, { timeoutMs: 300 }).send(delivery());
    expect(outcome).toMatchObject({
      ...UNCERTAIN,
      answer: { errorMessage: expect.stringContaining('UND_ERR_HEADERS_TIMEOUT') },
    });
    expect(seen.requests).toBe(1);
  });

  test('an answer whose rest does not come in time', async () => {
    const { url } = await tcpServer((socket) => socket.write(rawAnswer('{"success":tr', '', 90)));
    const outcome = await senderTo(url, { timeoutMs: 300 }).send(delivery());
    expect(outcome).toMatchObject({
      ...UNCERTAIN,
      answer: { errorMessage: expect.stringContaining('UND_ERR_BODY_TIMEOUT') },
    });
  });

  test.each([
    ['no HTTP at all', '\u0000\u0001\u0002 nonsense\r\n\r\n'],
    ['a broken status line', 'HTTP/1.1 2OO OK\r\n\r\n'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ])('%s instead of an answer', async (_what, bytes) => {
    const { url } = await tcpServer((socket) => socket.end(bytes, 'latin1'));
    expect(await senderTo(url).send(delivery())).toMatchObject(UNCERTAIN);
  });

  test('an answer of endless length', async () => {
    const { url } = await tcpServer((socket) => socket.end(rawAnswer('x'.repeat(2 * 1024 * 1024))));
    expect(await senderTo(url).send(delivery())).toMatchObject(UNCERTAIN);
  });

  test('a success that is cut off where no length was announced', async () => {
    const { url } = await tcpServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"success":tru'),
    );
    expect(await senderTo(url).send(delivery())).toMatchObject({
      kind: 'uncertain',
      reason: 'unclear-answer',
    });
  });
});

describe('one send is one request:', () => {
  test('after an error nothing is repeated', async () => {
    const { url, seen } = await tcpServer((socket) => socket.resetAndDestroy());
    const sender = senderTo(url);
    await sender.send(delivery());
    await sender.send(delivery());
    expect(seen.requests).toBe(2);
  });

  test('an answer that waits behind an interim one is read', async () => {
    const { url } = await tcpServer((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${rawAnswer(SENT.body ?? '')}`),
    );
    expect(await senderTo(url).send(delivery())).toMatchObject({ kind: 'accepted', contactId: 'c-1' });
  });
});

describe('a connection that is kept', () => {
  // A machine that stalls for a moment lets both time-outs pass at once: hence another try.
  test('is given up before a server that keeps it for 1.2 s closes it', { retry: 2 }, async () => {
    let closedByServer = false;
    const { url, seen } = await tcpServer((socket) => {
      socket.write(rawAnswer(SENT.body ?? ''));
      socket.setTimeout(1_200, () => {
        closedByServer = true;
        socket.destroy();
      });
    });
    const sender = senderTo(url);
    await sender.send(delivery());
    await expect.poll(() => seen.closed).toBe(1);
    expect(closedByServer).toBe(false);
    expect(await sender.send(delivery())).toMatchObject({ kind: 'accepted' });
    expect(seen).toMatchObject({ connections: 2, requests: 2 });
  });

  test('is not used at all where the server announces that it keeps it for a second only', async () => {
    const { url, seen } = await tcpServer((socket) =>
      socket.write(rawAnswer(SENT.body ?? '', 'connection: keep-alive\r\nkeep-alive: timeout=1\r\n')),
    );
    const sender = senderTo(url);
    await sender.send(delivery());
    expect(await sender.send(delivery())).toMatchObject({ kind: 'accepted' });
    expect(seen.connections).toBe(2);
  });
});
