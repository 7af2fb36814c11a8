import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listExitCode } from '../../../src/core/conversation.js';
import { listPlazbot, type PlazbotListSettings } from '../../../src/providers/plazbot/list.js';
import { said } from '../../support/said.js';
import { plazbotPage } from '../fixtures/recorded.js';
import { failureOf, listServer, readThrough, steppedClock, surroundings } from './list-server.js';

const KEY = 'secret-key-123';

function plazbot(baseUrl: string, more: Partial<PlazbotListSettings> = {}) {
  return listPlazbot({
    baseUrl,
    workspaceId: 'ws-1',
    apiKey: KEY,
    api: 'classic',
    ...surroundings(),
    ...more,
  });
}

const onePage = plazbotPage(['a'], null);

describe('reading pages', () => {
  it('waits as long as a 429 asks, in seconds or until a date, and goes on', async () => {
    const clock = steppedClock();
    const until = new Date(clock.now() + 42_000 + 60_000).toUTCString();
    const server = await listServer(({ index }) => {
      const date = new Date(clock.now()).toUTCString();
      if (index === 0) return { status: 429, headers: { 'retry-after': '42' } };
      if (index === 1) return { status: 429, headers: { 'retry-after': until, date } };
      return { body: onePage };
    });
    const { end } = await readThrough(plazbot(server.url, { clock }));
    expect(end).toEqual({ kind: 'complete', pages: 1, records: 1 });
    expect(clock.sleeps).toEqual([42_000, 60_000]);
  });

  it('does not wait for a pause of more than 15 minutes', async () => {
    const clock = steppedClock();
    const server = await listServer(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    const { end } = await readThrough(plazbot(server.url, { clock }));
    expect(failureOf(end)).toEqual({
      code: 'list.throttled-too-long',
      params: { provider: 'plazbot', page: 1, minutes: 60 },
    });
    expect(clock.sleeps).toEqual([]);
    expect(listExitCode(end)).toBe(5);
  });

  it('asks again after a server error and after a cut connection', async () => {
    const server = await listServer(({ index }) => {
      if (index === 0) return { status: 503 };
      return index === 1 ? { body: onePage, cut: true } : { body: onePage };
    });
    const { end } = await readThrough(plazbot(server.url));
    expect(end.kind).toBe('complete');
    expect(server.arrived).toHaveLength(3);
  });

  it('says no more than there is where a server says nothing about its error', async () => {
    const server = await listServer(() => ({ status: 500, body: 'down' }));
    const { end } = await readThrough(plazbot(server.url));
    const problem = end.kind === 'failed' ? end.problem : null;
    expect(said(problem as never)).toContain('a fault of its own (HTTP 500, page 1). Try again later.');
  });

  it('gives up after five server errors and says where', async () => {
    const server = await listServer(({ index }) =>
      index === 0 ? { body: plazbotPage(['a'], 't1') } : { status: 500, body: { message: 'boom' } },
    );
    const { end, listed } = await readThrough(plazbot(server.url));
    expect(server.arrived).toHaveLength(6);
    expect(listed).toHaveLength(1);
    expect(end).toMatchObject({
      kind: 'failed',
      problem: { code: 'list.server-error', params: { page: 2, status: 500, detail: 'boom' } },
      resume: { option: 'continuation-token', value: 't1' },
    });
    expect(listExitCode(end)).toBe(3);
  });

  it('names a host that cannot be reached', async () => {
    const { end } = await readThrough(plazbot('http://127.0.0.1:1'));
    expect(failureOf(end)).toMatchObject({
      code: 'list.unreachable',
      params: { host: '127.0.0.1:1', detail: 'ECONNREFUSED' },
    });
    expect(listExitCode(end)).toBe(5);
  });

  it('never follows a redirect, so that the key stays at home', async () => {
    const elsewhere = await listServer(() => ({ body: onePage }));
    const server = await listServer(() => ({ status: 302, headers: { location: `${elsewhere.url}/x?k=1` } }));
    const { end } = await readThrough(plazbot(server.url));
    expect(failureOf(end)).toMatchObject({ code: 'list.redirect', params: { location: elsewhere.url } });
    expect(elsewhere.arrived).toHaveLength(0);
  });

  it('keeps what was read before a page that is not JSON', async () => {
    const server = await listServer(({ index }) =>
      index === 0 ? { body: plazbotPage(['a', 'b'], 't1') } : { body: '<html>Bad day</html>' },
    );
    const { end, listed } = await readThrough(plazbot(server.url));
    expect(listed.map(({ conversation }) => conversation.id)).toEqual(['a', 'b']);
    expect(failureOf(end)).toEqual({
      code: 'list.not-json',
      params: { provider: 'plazbot', page: 2, start: '<html>Bad day</html>' },
    });
    expect(listExitCode(end)).toBe(3);
  });

  it.each(['head', 'body'] as const)('gives up an answer whose %s drips without end', async (drips) => {
    const server = await listServer(() => ({ drips }));
    const { end } = await readThrough(plazbot(server.url, { timeoutMs: 50, attempts: 2 }));
    expect(failureOf(end)).toMatchObject({ code: 'list.unreachable' });
    expect(server.arrived).toHaveLength(2);
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(JSON.stringify(onePage))],
    ['br', brotliCompressSync(JSON.stringify(onePage))],
    ['identity', Buffer.from(`\uFEFF${JSON.stringify(onePage)}`)],
  ])('reads a page that is encoded although nobody asked for it: %s', async (encoding, body) => {
    const server = await listServer(() => ({ body, headers: { 'content-encoding': encoding } }));
    const { end } = await readThrough(plazbot(server.url));
    expect(end).toEqual({ kind: 'complete', pages: 1, records: 1 });
  });

  it('refuses a page that grows to endless size when it is decoded', async () => {
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    const server = await listServer(() => ({ body, headers: { 'content-encoding': 'gzip' } }));
    const { end } = await readThrough(plazbot(server.url));
    expect(failureOf(end).code).toBe('list.not-json');
  });

  it('refuses a page of endless size', async () => {
    const server = await listServer(() => ({ body: `"${'x'.repeat(33 * 1024 * 1024)}"` }));
    const { end } = await readThrough(plazbot(server.url));
    expect(failureOf(end).code).toBe('list.too-large');
  });

  it.each([401, 403])('calls %i a matter of credentials and never repeats the key', async (status) => {
    const server = await listServer(() => ({ status, body: { error: `bad key ${KEY}` } }));
    const { end } = await readThrough(plazbot(server.url));
    expect(failureOf(end)).toMatchObject({ code: 'list.credentials.refused', params: { status } });
    expect(JSON.stringify(end)).not.toContain(KEY);
    expect(server.arrived).toHaveLength(1);
    expect(listExitCode(end)).toBe(5);
  });

  it('calls 404 a wrong base URL', async () => {
    const server = await listServer(() => ({ status: 404, body: 'nothing here' }));
    const { end } = await readThrough(plazbot(`${server.url}/wrong`));
    expect(failureOf(end)).toMatchObject({ code: 'list.not-found', params: { status: 404 } });
    expect(server.arrived[0]?.path).toBe('/wrong/api/message/conversation');
    expect(listExitCode(end)).toBe(5);
  });

  it('keeps pages apart by the pace', async () => {
    const clock = steppedClock();
    const server = await listServer(({ index }) => ({
      body: plazbotPage([`r${index}`], index < 2 ? `t${index}` : null),
    }));
    await readThrough(plazbot(server.url, { clock, pagesPerSecond: 4 }));
    expect(clock.sleeps).toEqual([250, 250]);
  });

  it('ends as interrupted when it is told to stop', async () => {
    const stop = new AbortController();
    const server = await listServer(({ index }) => {
      if (index === 1) stop.abort();
      return { body: plazbotPage([`r${index}`], `t${index}`) };
    });
    const { end } = await readThrough(plazbot(server.url, { signal: stop.signal }));
    expect(end).toMatchObject({ kind: 'interrupted', pages: 1, records: 1, resume: { value: 't0' } });
    expect(listExitCode(end)).toBe(130);
  });

  it('lets go of the connection when the reader leaves early', async () => {
    const server = await listServer(({ index }) => ({ body: plazbotPage([`r${index}`], `t${index}`) }));
    const opened = plazbot(server.url);
    if (!opened.ok) throw new Error('not opened');
    for await (const event of opened.value) if (event.kind === 'page') break;
    // Sooner than a connection that nobody uses is given up.
    await expect.poll(() => server.connections(), { timeout: 1_000 }).toBe(0);
    expect(server.arrived).toHaveLength(1);
  });

  it.each([
    ['http://api.plazbot.com', 'url.plain-http'],
    ['ftp://x', 'url.invalid'],
    ['https://me:pw@x.com', 'url.credentials'],
  ])('refuses the base URL %s before any request', (baseUrl, code) => {
    const opened = plazbot(baseUrl);
    expect(opened.ok ? [] : opened.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('refuses a key that no header can carry, without repeating it', () => {
    const opened = plazbot('https://x.com', { apiKey: 'broken key\n2' });
    expect(opened).toEqual({
      ok: false,
      problems: [{ code: 'list.credentials.malformed', params: { variable: 'PLAZBOT_API_KEY' } }],
    });
  });
});
