import { describe, expect, it } from 'vitest';
import { type GivenOptions, readListOptions } from '../../../src/core/conversation-options.js';
import type { Problem } from '../../../src/core/problem.js';
import { listPlatica } from '../../../src/providers/platica/list.js';
import { unwrapped } from '../../support/results.js';
import { platicaRecord, platicaWorkspace, recorded } from '../fixtures/recorded.js';
import { failureOf, listServer, readThrough, surroundings } from '../http/list-server.js';

function open(baseUrl: string, given: GivenOptions = {}) {
  const options = unwrapped(readListOptions('platica', given));
  return listPlatica({ baseUrl, apiKey: 'pl_key_1', options, ...surroundings() });
}

function conversations(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => platicaRecord({ id: `c${from + index}` }));
}

/** A workspace whose pages are cut out of `total` conversations as a database does. */
function served(total: number, query: URLSearchParams, { cap = 1000, name = 'ws_001' } = {}) {
  const offset = Number(query.get('offset') ?? 0);
  const asked = Number(query.get('limit') ?? 50);
  const end = Math.min(total, offset + Math.min(asked, cap));
  const records = conversations(Math.min(offset, total), end).map((one) => ({ ...one, workspaceId: name }));
  return platicaWorkspace(name, records, { limit: asked, offset, hasMore: end < total });
}

describe("Platica's list", () => {
  it('reads the answer of the reference page', async () => {
    const page = recorded('platica') as { workspaces: { pagination: { hasMore: boolean } }[] };
    for (const workspace of page.workspaces) workspace.pagination.hasMore = false;
    const server = await listServer(() => ({ body: page }));
    const { listed, end } = await readThrough(open(server.url));
    expect(end).toEqual({ kind: 'complete', pages: 1, records: 1 });
    expect(listed[0]?.conversation).toMatchObject({
      id: 'conv_001',
      phone: '1234567890',
      name: 'Juan Pérez',
      channel: 'whatsapp',
      status: 'active',
      tags: ['vip', 'soporte'],
      windowOpen: true,
      spam: false,
      lastActivityAt: Date.UTC(2025, 2, 15, 10, 15),
    });
  });

  it('asks oldest first, by creation, with the key as bearer', async () => {
    const server = await listServer(({ query }) => ({ body: { workspaces: [served(1, query)] } }));
    await readThrough(open(server.url));
    expect(server.arrived[0]).toMatchObject({
      rawUrl: '/v1/conversations?sortBy=creationDate&sortDirection=asc',
      headers: { authorization: 'Bearer pl_key_1' },
    });
  });

  it('goes on while any workspace has more', async () => {
    const server = await listServer(({ query }) => ({
      body: { workspaces: [served(3, query, { name: 'a' }), served(120, query, { name: 'b' })] },
    }));
    const { listed, end } = await readThrough(open(server.url));
    expect(end.kind).toBe('complete');
    expect(listed).toHaveLength(123);
    expect(server.arrived.map(({ query }) => query.get('offset'))).toEqual([null, '50', '100']);
  });

  it('jumps over nobody when the server gives shorter pages than asked for', async () => {
    const server = await listServer(({ query }) => ({
      body: { workspaces: [served(95, query, { cap: 30 })] },
    }));
    const { listed } = await readThrough(open(server.url, { limit: '500' }));
    expect(new Set(listed.map(({ record }) => record.id)).size).toBe(95);
  });

  it('drops what a shifted page shows again, and only within its workspace', async () => {
    const pages = [
      [
        platicaWorkspace('a', conversations(0, 2), { limit: 2, offset: 0, hasMore: true }),
        platicaWorkspace('b', [platicaRecord({ id: 'c0', workspaceId: 'b' })], {
          limit: 2,
          offset: 0,
          hasMore: false,
        }),
      ],
      [platicaWorkspace('a', conversations(1, 3), { limit: 2, offset: 2, hasMore: false })],
    ];
    const server = await listServer(({ index }) => ({ body: { workspaces: pages[index] } }));
    const { listed } = await readThrough(open(server.url));
    expect(listed.map(({ record }) => `${record.workspaceId}/${record.id}`)).toEqual([
      'ws_001/c0',
      'ws_001/c1',
      'b/c0',
      'ws_001/c2',
    ]);
  });

  it('stops when there is always more but never anything new', async () => {
    const server = await listServer(() => ({
      body: {
        workspaces: [platicaWorkspace('a', conversations(0, 5), { limit: 5, offset: 0, hasMore: true })],
      },
    }));
    const { end, listed } = await readThrough(open(server.url));
    expect(listed).toHaveLength(5);
    expect(failureOf(end).code).toBe('list.loop.nothing-new');
  });

  it.each([
    [{ date: '2024-01-15' }, '{"type":"specific","date":"2024-01-15"}'],
    [
      { 'date-from': '2024-01-01', 'date-to': '2024-01-31' },
      '{"type":"range","startDate":"2024-01-01","endDate":"2024-01-31"}',
    ],
  ])('turns %j into a date filter', async (given, filter) => {
    const server = await listServer(({ query }) => ({ body: { workspaces: [served(1, query)] } }));
    await readThrough(open(server.url, given));
    expect(server.arrived[0]?.query.get('dateFilter')).toBe(filter);
  });

  it('sends every other option under the documented name', async () => {
    const server = await listServer(({ query }) => ({ body: { workspaces: [served(1, query)] } }));
    const given = {
      limit: '10',
      offset: '20',
      'channel-id': '007',
      'sort-by': 'lastupdate',
      'sort-direction': 'desc',
    };
    await readThrough(open(server.url, { ...given, tags: ['vip, soporte', 'nuevo'] }));
    expect(Object.fromEntries(server.arrived[0]?.query ?? [])).toEqual({
      limit: '10',
      offset: '20',
      channelId: '007',
      sortBy: 'lastUpdate',
      sortDirection: 'desc',
      tags: 'vip,soporte,nuevo',
    });
  });

  it.each<[GivenOptions, Problem]>([
    [
      { date: '2024-01-15', 'date-from': '2024-01-01', 'date-to': '2024-01-02' },
      { code: 'list.option.dates-both' },
    ],
    [{ 'date-from': '2024-01-01' }, { code: 'list.option.dates-pair', params: { missing: '--date-to' } }],
    [
      { 'date-from': '2024-02-01', 'date-to': '2024-01-01' },
      { code: 'list.option.dates-order', params: { from: '2024-02-01', to: '2024-01-01' } },
    ],
  ])('refuses the dates %j before any request', (given, problem) => {
    expect(open('https://api.platica.mx', given)).toEqual({ ok: false, problems: [problem] });
  });

  it.each(Object.keys(platicaRecord({})))('keeps a record without %s', async (field) => {
    const { [field]: _, ...rest } = platicaRecord({});
    const workspace = platicaWorkspace('a', [rest], { limit: 50, offset: 0, hasMore: false });
    const server = await listServer(() => ({ body: { workspaces: [workspace] } }));
    const { end, listed } = await readThrough(open(server.url));
    expect(end).toMatchObject({ kind: 'complete', records: 1 });
    expect(listed[0]?.conversation.raw).toEqual(rest);
  });

  it('says that nobody knows whether a record without a status is spam', async () => {
    const { status: _, ...rest } = platicaRecord({});
    const page = { limit: 50, offset: 0, hasMore: false };
    const server = await listServer(() => ({
      body: { workspaces: [platicaWorkspace('a', [rest, platicaRecord({ id: 'b', status: null })], page)] },
    }));
    const { listed } = await readThrough(open(server.url));
    expect(listed.map(({ conversation }) => conversation.untold)).toEqual([['spam'], []]);
  });

  it('refuses a page that does not tell whether there is more, and needs nothing else of its frame', async () => {
    const bodies = [
      { workspaces: [{ conversations: [platicaRecord({})], pagination: { hasMore: true } }] },
      { workspaces: [{ conversations: [platicaRecord({ id: 'b' })], pagination: {} }] },
    ];
    const server = await listServer(({ index }) => ({ body: bodies[index] }));
    const { end, listed } = await readThrough(open(server.url));
    expect(listed).toHaveLength(1);
    expect(server.arrived[1]?.query.get('offset')).toBe('1');
    expect(failureOf(end)).toMatchObject({
      code: 'list.field.missing',
      params: { field: 'workspaces.0.pagination.hasMore', page: 2 },
    });
  });

  it.each([
    [{ phoneNumber: null, conversationId: '5215512345678' }, 'phone', '5215512345678'],
    [{ phoneNumber: '+52 55 1234 5678', conversationId: 'x' }, 'phone', '525512345678'],
    [{ phoneNumber: '', conversationId: '9f86d081884c7d65' }, 'hash', null],
    [{ phoneNumber: null, conversationId: '48213' }, 'hash', null],
    [{ phoneNumber: 'MX.1502abc', conversationId: '5215512345678' }, 'user-id', null],
  ])('finds the phone of %j', async (change, addressKind, phone) => {
    const workspace = platicaWorkspace('a', [platicaRecord(change)], {
      limit: 50,
      offset: 0,
      hasMore: false,
    });
    const server = await listServer(() => ({ body: { workspaces: [workspace] } }));
    const { listed } = await readThrough(open(server.url));
    expect(listed[0]?.conversation).toMatchObject({ addressKind, phone });
  });
});
