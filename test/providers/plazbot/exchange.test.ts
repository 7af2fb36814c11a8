import { Client } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Exchange, ExchangeHandler } from '../../../src/providers/plazbot/exchange.js';
import { rawAnswer, tcpServer } from './local-servers.js';

const LEAVE = {
  delivery: {
    deliveryId: 1,
    attemptId: 1,
    phone: '51900000001',
    person: '51900000001',
    country: 'PE',
    bodyJson: '[]',
    headerJson: '[]',
    attachmentJson: null,
    transientRefusals: 0,
    deferrals: 0,
  },
  mayLeave: () => true,
};
const LIMITS = { wholeMs: 60_000, mostBytes: 1_000 };

/** One connection of undici's own, and how requests on it end. */
function exchangesOn(url: string) {
  const client = new Client(url, { pipelining: 1 });
  onTestFinished(() => client.destroy());
  const connection = { client, watch: null, freedMs: 0 };
  const post = (): Promise<Exchange> =>
    new Promise((resolve) => {
      const handler = new ExchangeHandler(LEAVE, connection, LIMITS, resolve);
      client.dispatch({ method: 'POST', path: '/', body: '{}' }, handler);
    });
  return { client, post };
}

describe('a request is on the wire', () => {
  test('from the moment at which it is written, and not while it waits behind another one', async () => {
    const { url, seen } = await tcpServer(() => undefined);
    const { client, post } = exchangesOn(url);
    const both = Promise.all([post(), post()]);
    await expect.poll(() => seen.requests).toBe(1);
    await client.destroy(new Error('gone'));
    expect(await both).toMatchObject([
      { kind: 'failed', onWire: true },
      { kind: 'failed', onWire: false },
    ]);
    expect(seen.requests).toBe(1);
  });

  test('not while its connection is being made', async () => {
    const { url, seen } = await tcpServer(() => undefined);
    const { client, post } = exchangesOn(url);
    const posted = post();
    await client.destroy(new Error('gone'));
    expect(await posted).toMatchObject({ kind: 'failed', onWire: false });
    expect(seen.requests).toBe(0);
  });

  test('once, although its connection ended before it was written', async () => {
    const { url, seen } = await tcpServer((socket) => socket.end(rawAnswer('{}', 'connection: close\r\n')));
    const { post } = exchangesOn(url);
    const exchanges = await Promise.all([post(), post(), post()]);
    expect(exchanges.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
    expect(seen).toMatchObject({ requests: 3, connections: 3 });
  });

  test('and not repeated when it broke there, also where undici holds others for the same connection', async () => {
    const { url, seen } = await tcpServer((socket) => socket.resetAndDestroy());
    const { post } = exchangesOn(url);
    const exchanges = await Promise.all([post(), post(), post()]);
    for (const exchange of exchanges) expect(exchange).toMatchObject({ kind: 'failed', onWire: true });
    expect(seen.requests).toBe(3);
  });
});
