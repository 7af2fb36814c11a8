import { describe, expect, onTestFinished, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { classicBody, post, runningSandbox } from '../sandbox/running-sandbox.js';
import { type Cut, startCuttingProxy } from './cutting-proxy.js';

async function proxied(cut: Cut | null) {
  const sandbox = await runningSandbox();
  const proxy = await startCuttingProxy(sandbox.url, () => cut);
  onTestFinished(() => proxy.close());
  return { proxy, dbFile: sandbox.dbFile };
}

describe('a proxy', () => {
  test('lets a connection without a cut through, and counts its bytes', async () => {
    const { proxy, dbFile } = await proxied(null);
    const response = await post(proxy.url, classicBody);
    expect(await response.json()).toMatchObject({ success: true });
    expect(countExecutions(dbFile)).toBe(1);
    expect(proxy.connections).toMatchObject([{ cut: null }]);
    expect(proxy.connections[0]?.requestBytes).toBeGreaterThan(JSON.stringify(classicBody).length);
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['close', 'UND_ERR_SOCKET'],
  ] as const)('that cuts the request by %s shows %s, and nothing is executed', async (how, code) => {
    const { proxy, dbFile } = await proxied({ side: 'request', afterByte: 100, how });
    await expect(post(proxy.url, classicBody)).rejects.toMatchObject({ cause: { code } });
    expect(proxy.connections[0]).toMatchObject({ requestBytes: 100, responseBytes: 0 });
    expect(countExecutions(dbFile)).toBe(0);
  });

  test.each([
    ['reset', 0],
    ['reset', 20],
    ['close', 0],
    ['close', 20],
  ] as const)(
    'that cuts the response by %s after byte %i leaves the send executed',
    async (how, afterByte) => {
      const { proxy, dbFile } = await proxied({ side: 'response', afterByte, how });
      await expect(post(proxy.url, classicBody)).rejects.toThrow();
      expect(proxy.connections[0]?.responseBytes).toBe(afterByte);
      expect(countExecutions(dbFile)).toBe(1);
    },
  );

  test.each(['request', 'response'] as const)('that stalls the %s shows nothing at all', async (side) => {
    const { proxy } = await proxied({ side, afterByte: 10, how: 'stall' });
    const given = new AbortController();
    let settled = false;
    const sending = post(proxy.url, classicBody, { signal: given.signal }).finally(() => {
      settled = true;
    });
    const outcome = expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => proxy.connections[0]?.cut).not.toBeNull();
    expect(settled).toBe(false);
    given.abort();
    await outcome;
  });

  test('asks for a plan at each connection', async () => {
    const sandbox = await runningSandbox();
    const cut: Cut = { side: 'response', afterByte: 0, how: 'reset' };
    const proxy = await startCuttingProxy(sandbox.url, (connection) => (connection === 1 ? cut : null));
    onTestFinished(() => proxy.close());
    const outcomes = [];
    for (let turn = 0; turn < 3; turn += 1) {
      outcomes.push((await post(proxy.url, classicBody).catch(() => null))?.status ?? null);
    }
    expect(outcomes).toEqual([200, null, 200]);
  });
});
