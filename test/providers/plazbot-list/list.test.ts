import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/core/conversation.js';
import { listPlazbot, type PlazbotListSettings } from '../../../src/providers/plazbot/list.js';
import { plazbotPage, plazbotRecord, recorded } from '../fixtures/recorded.js';
import { failureOf, listServer, readThrough, steppedClock, surroundings } from '../http/list-server.js';

function read(baseUrl: string, more: Partial<PlazbotListSettings> = {}) {
  const settings = { baseUrl, workspaceId: 'ws-1', apiKey: null, api: 'classic', ...surroundings() } as const;
  return readThrough(listPlazbot({ ...settings, ...more }));
}

/** A page with one record, its fields changed by the test. */
function pageWith(change: Record<string, unknown>): unknown {
  const page = plazbotPage([], null) as { data: object };
  return { ...page, data: { ...page.data, data: [plazbotRecord(change)] } };
}

describe("Plazbot's list", () => {
  it('reads the answer of the reference page', async () => {
    const server = await listServer(() => ({ body: recorded('plazbot') }));
    const { listed, end } = await read(server.url);
    expect(end).toEqual({ kind: 'complete', pages: 1, records: 1 });
    expect(listed[0]?.conversation).toMatchObject({
      provider: 'plazbot',
      id: 'string',
      channel: 'whatsapp',
      createdAt: Date.UTC(2025, 3, 7, 22, 24, 30, 931),
      windowOpen: null,
    });
  });

  it('asks with the workspace in query and header, and the key beside it', async () => {
    const server = await listServer(() => ({ body: recorded('plazbot') }));
    await read(server.url, { workspaceId: 'ws-1', apiKey: 'key' });
    expect(server.arrived[0]).toMatchObject({
      rawUrl: '/api/message/conversation?workspaceId=ws-1',
      headers: { 'x-workspace-id': 'ws-1', authorization: 'Bearer key' },
    });
    await read(server.url, { workspaceId: 'ws-1', api: 'current' });
    expect(server.arrived[1]?.path).toBe('/api/conversation');
    expect(server.arrived[1]?.headers.authorization).toBeUndefined();
  });

  it.each(['newContinuationToken', 'continuationToken'])(
    'follows %s, percent-encoded, until null',
    async (name) => {
      const token = '{"a":"+/= %"}&x=1';
      const server = await listServer(({ index }) => {
        const { data, ...rest } = plazbotPage([`r${index}`], null) as { data: Record<string, unknown> };
        const { newContinuationToken: _, ...records } = data;
        return { body: { ...rest, data: { ...records, [name]: index === 0 ? token : null } } };
      });
      const { end, listed } = await read(server.url, { workspaceId: 'ws-1' });
      expect(end.kind).toBe('complete');
      expect(listed).toHaveLength(2);
      expect(server.arrived[1]?.query.get('continuationToken')).toBe(token);
    },
  );

  it('takes an empty page with a token for no end', async () => {
    const server = await listServer(({ index }) => ({
      body: index === 3 ? plazbotPage(['b'], null) : plazbotPage(index === 0 ? ['a'] : [], `t${index}`),
    }));
    const { end, listed } = await read(server.url);
    expect(listed.map(({ record }) => record.id)).toEqual(['a', 'b']);
    expect(end.kind).toBe('complete');
  });

  it('drops records that new ones pushed onto the next page', async () => {
    const pages = [plazbotPage(['c', 'b'], 't'), plazbotPage(['b', 'a'], null)];
    const server = await listServer(({ index }) => ({ body: pages[index] }));
    const { events, listed } = await read(server.url);
    expect(listed.map(({ record }) => record.id)).toEqual(['c', 'b', 'a']);
    expect(events[1]).toMatchObject({ kind: 'page', page: { number: 2, repeated: 1, resume: null } });
  });

  it('stops when a token repeats and keeps the page that carried it', async () => {
    const server = await listServer(({ index }) => ({
      body: plazbotPage([`r${index}`], index === 2 ? 't0' : `t${index}`),
    }));
    const { end, listed } = await read(server.url);
    expect(listed).toHaveLength(3);
    expect(failureOf(end)).toEqual({ code: 'list.loop.position', params: { provider: 'plazbot', page: 3 } });
  });

  it('stops after three pages running with nothing new', async () => {
    const server = await listServer(({ index }) => ({ body: plazbotPage(['a'], `t${index}`) }));
    const { end } = await read(server.url);
    expect(server.arrived).toHaveLength(4);
    expect(failureOf(end)).toMatchObject({ code: 'list.loop.nothing-new', params: { page: 4, pages: 3 } });
  });

  it('starts at a given token and names the place after each page', async () => {
    const server = await listServer(({ index }) => ({
      body: plazbotPage([`r${index}`], index ? null : 'next'),
    }));
    const { events } = await read(server.url, { continuationToken: 'here' });
    expect(server.arrived[0]?.query.get('continuationToken')).toBe('here');
    expect(events[0]).toMatchObject({
      kind: 'page',
      page: { resume: { option: 'continuation-token', value: 'next' } },
    });
  });

  it("tells the provider's clock and the moment of receipt", async () => {
    const clock = steppedClock();
    const date = new Date(clock.now() + 120_000).toUTCString();
    const server = await listServer(() => ({ headers: { date }, body: recorded('plazbot') }));
    const { events } = await read(server.url, { clock });
    expect(events[0]).toMatchObject({
      kind: 'page',
      page: { clockOffsetMs: 120_500, receivedAt: clock.now() },
    });
  });

  it('asks for no stored page, and reads the clock out of one that a cache gives all the same', async () => {
    const clock = steppedClock();
    const headers = { date: new Date(clock.now() - 600_000).toUTCString(), age: '600' };
    const server = await listServer(() => ({ headers, body: recorded('plazbot') }));
    const { events } = await read(server.url, { clock });
    expect(events[0]).toMatchObject({ kind: 'page', page: { clockOffsetMs: 500 } });
    expect(server.arrived[0]?.headers['cache-control']).toBe('no-cache');
  });

  it.each(Object.keys(plazbotRecord({})))('keeps a record without %s', async (field) => {
    const { [field]: _, ...rest } = plazbotRecord({ id: 'x' });
    const page = plazbotPage(['a'], null) as { data: { data: unknown[] } };
    page.data.data.push(rest);
    const server = await listServer(() => ({ body: page }));
    const { end, listed } = await read(server.url);
    expect(end).toMatchObject({ kind: 'complete', records: 2 });
    expect(listed[1]?.record).toMatchObject({ [field]: null });
    expect(listed[1]?.conversation.raw).toEqual(rest);
  });

  it('tells apart what is no record, and drops a record without an id that comes again', async () => {
    const { id: _, ...nameless } = plazbotRecord({ campaignName: 'x' });
    const { id: __, ...other } = plazbotRecord({ campaignName: 'y' });
    const pages = [
      [nameless, null, 'text'],
      [nameless, other],
    ];
    const server = await listServer(({ index }) => {
      const page = plazbotPage([], index === 0 ? 't' : null) as { data: { data: unknown } };
      page.data.data = pages[index] ?? [];
      return { body: page };
    });
    const { end, events, listed } = await read(server.url);
    expect(end).toMatchObject({ kind: 'complete', records: 2 });
    expect(listed.map(({ conversation }) => conversation.id)).toEqual(['', '']);
    expect(events[0]).toMatchObject({ page: { unreadable: [null, 'text'] } });
  });

  it('takes null where a value may be absent and keeps fields it does not know', async () => {
    const body = pageWith({ campaignName: null, agentSenderId: null, responseBody: null, later: { a: 1 } });
    const server = await listServer(() => ({ body }));
    const { listed } = await read(server.url);
    expect(listed[0]?.record).toMatchObject({ campaignName: null });
    expect(listed[0]?.conversation.raw).toMatchObject({ later: { a: 1 } });
  });

  it('refuses a page without a token field: nothing would tell whether it is all', async () => {
    const page = plazbotPage(['a'], null) as { data: Record<string, unknown> };
    const { newContinuationToken: _, ...data } = page.data;
    const server = await listServer(() => ({ body: { ...page, data } }));
    const { end } = await read(server.url);
    expect(failureOf(end)).toMatchObject({
      code: 'list.field.missing',
      params: { field: 'data.newContinuationToken' },
    });
  });

  it.each([
    [{ success: false, code: 400, errorCode: null, message: 'No such workspace' }, 'list.refused'],
    [{ success: false, code: 401, message: 'Unauthorized' }, 'list.credentials.refused'],
    [[1, 2], 'list.shape'],
    [{ success: true }, 'list.field.missing'],
  ])('says why %j is no page', async (body, code) => {
    const server = await listServer(() => ({ body }));
    const { end } = await read(server.url);
    expect(failureOf(end).code).toBe(code);
  });

  it.each([
    ['the request that was sent', { requestBody: '{"destination":"+51 987 654 321"}' }, '51987654321'],
    ["WhatsApp's own request", { requestBody: '{"to":"51987654321","type":"template"}' }, '51987654321'],
    ['a request encoded twice', { requestBody: JSON.stringify('{"to":"51987654321"}') }, '51987654321'],
    ['the first number without a request', { internalWhatsappNumber: '51900000001' }, '51900000001'],
    [
      'the second number when there is no first',
      { platformSenderPhone: '51900000002', internalWhatsappNumber: null },
      '51900000002',
    ],
  ])('finds the customer by %s', async (_how, change, phone) => {
    const server = await listServer(() => ({ body: pageWith(change) }));
    const { listed } = await read(server.url);
    expect(listed[0]?.conversation.phone).toBe(phone);
  });
});

describe('an address', () => {
  it.each([
    ['+52 1 55 1234 5678', 'phone', '5215512345678'],
    ['whatsapp:+51987654321', 'phone', '51987654321'],
    ['51987654321@c.us', 'phone', '51987654321'],
    ['MX.1502abc', 'user-id', null],
    ['9f86d081884c7d65', 'hash', null],
    ['12345678901234567890', 'hash', null],
    ['', 'none', null],
    [null, 'none', null],
  ] as const)('%s is read as %s', (text, addressKind, phone) => {
    expect(addressOf(text)).toMatchObject({ addressKind, phone });
  });
});
