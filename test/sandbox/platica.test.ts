import { describe, expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { runningSandbox, sendTo } from './running-sandbox.js';

interface Page {
  readonly workspaces: readonly {
    readonly id: string;
    readonly conversations: readonly (Readonly<Record<string, unknown>> & {
      readonly id: string;
      readonly creationDate: string;
      readonly lastUpdate: string;
      readonly tags: readonly string[];
      readonly phoneNumber: string | null;
    })[];
    readonly conversationsCount: number;
    readonly pagination: { readonly limit: number; readonly offset: number; readonly hasMore: boolean };
  }[];
}

function get(
  url: string,
  query: Readonly<Record<string, string>> = {},
  key = 'pl_key_test',
): Promise<Response> {
  const headers = { authorization: `Bearer ${key}` };
  return fetch(`${url}/v1/conversations?${new URLSearchParams(query)}`, { headers });
}

async function read(url: string, query: Readonly<Record<string, string>> = {}): Promise<Page> {
  return (await (await get(url, query)).json()) as Page;
}

function conversations(page: Page) {
  return page.workspaces.flatMap((workspace) => workspace.conversations);
}

async function readAll(url: string, query: Readonly<Record<string, string>> = {}): Promise<Page[]> {
  const pages: Page[] = [];
  do pages.push(await read(url, { ...query, limit: '100', offset: String(pages.length * 100) }));
  while (pages.at(-1)?.workspaces.some(({ pagination }) => pagination.hasMore));
  return pages;
}

describe("Platica's list", () => {
  test('shows every documented field', async () => {
    const { url } = await runningSandbox();
    const page = await read(url);
    expect(page.workspaces[0]).toMatchObject({ id: 'ws_001', name: 'Ventas', conversationsCount: 50 });
    expect(Object.keys(conversations(page)[0] ?? {})).toEqual([
      ...[
        'id',
        'conversationId',
        'canSendDirectMessage',
        'workspaceId',
        'channelId',
        'contactName',
        'phoneNumber',
      ],
      ...[
        'topic',
        'platform',
        'status',
        'operation',
        'messageCount',
        'messages',
        'owners',
        'tags',
        'creationDate',
      ],
      'lastUpdate',
    ]);
  });

  test('gives each workspace a page of its own: one ends before the other', async () => {
    const { url } = await runningSandbox();
    const page = await read(url, { limit: '150' });
    expect(page.workspaces.map(({ pagination }) => pagination.hasMore)).toEqual([true, false]);
    const all = (await readAll(url)).flatMap(conversations);
    expect(new Set(all.map(({ id }) => id)).size).toBe(300);
  });

  test('is the same for the same seed', async () => {
    const [one, other, third] = [
      await runningSandbox({ seed: 5 }),
      await runningSandbox({ seed: 5 }),
      await runningSandbox({ seed: 6 }),
    ];
    const names = async (url: string) =>
      conversations(await read(url)).map((record) => record['contactName']);
    expect(await names(one.url)).toEqual(await names(other.url));
    expect(await names(one.url)).not.toEqual(await names(third.url));
  });

  test('holds people of every kind', async () => {
    const { url } = await runningSandbox();
    const all = (await readAll(url)).flatMap(conversations);
    const values = (field: string) => new Set(all.map((record) => record[field]));
    expect([...values('status')].toSorted()).toEqual(['active', 'expired', 'finished', 'spam']);
    expect(values('platform').size).toBe(5);
    expect([...values('canSendDirectMessage')].toSorted()).toEqual([false, true]);
    const phones = all.map(({ phoneNumber }) => phoneNumber);
    expect(phones.filter((phone) => /^\d{11,13}$/u.test(phone ?? '')).length).toBeGreaterThan(150);
    expect(phones.some((phone) => /^MX\.1502\d+$/u.test(phone ?? ''))).toBe(true);
    expect(phones.some((phone) => /^[0-9a-f]{16}$/u.test(phone ?? ''))).toBe(true);
    expect(phones).toContain(null);
  });

  test('sorts and filters as documented', async () => {
    const { url } = await runningSandbox();
    const sorted = conversations(
      await read(url, { sortBy: 'creationDate', sortDirection: 'asc', limit: '300' }),
    );
    const first = sorted
      .filter((record) => record['workspaceId'] === 'ws_001')
      .map((record) => record.creationDate);
    expect(first).toEqual(first.toSorted());
    const tagged = conversations(await read(url, { tags: 'vip,soporte', limit: '300' }));
    expect(tagged.length).toBeGreaterThan(0);
    expect(tagged.every(({ tags }) => tags.includes('vip') && tags.includes('soporte'))).toBe(true);
    const day = first[0]?.slice(0, 10) ?? '';
    const specific = conversations(
      await read(url, { dateFilter: JSON.stringify({ type: 'specific', date: day }) }),
    );
    expect(specific.map((record) => record.creationDate.slice(0, 10))).toContain(day);
    expect(new Set(specific.map((record) => record.creationDate.slice(0, 10))).size).toBe(1);
    const range = JSON.stringify({ type: 'range', startDate: day, endDate: '2999-12-31' });
    expect((await readAll(url, { dateFilter: range })).flatMap(conversations).length).toBe(300);
    const channel = conversations(await read(url, { channelId: 'channel_telegram_1' }));
    expect(new Set(channel.map((record) => record['platform']))).toEqual(new Set(['telegram']));
  });

  test('drifts when conversations arrive between two pages', async () => {
    const { url } = await runningSandbox({ conversationsArrive: 2 });
    const first = conversations(await read(url, { limit: '10' })).map(({ id }) => id);
    const second = conversations(await read(url, { limit: '10', offset: '10' })).map(({ id }) => id);
    expect(second.some((id) => first.includes(id))).toBe(true);
  });

  test.each([
    [{ limit: '0' }, 'limit'],
    [{ offset: '-1' }, 'offset'],
    [{ sortBy: 'name' }, 'sortBy'],
    [{ sortDirection: 'up' }, 'sortDirection'],
    [{ dateFilter: '2024-01-15' }, 'dateFilter'],
    [{ dateFilter: '{"type":"specific","date":"2024-02-30"}' }, 'dateFilter'],
  ])('refuses %j', async (query, field) => {
    const { url } = await runningSandbox();
    const response = await get(url, query);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'VALIDATION_ERROR',
      error: expect.any(String),
      details: { field },
    });
  });

  test('refuses a wrong key without repeating it', async () => {
    const { url } = await runningSandbox({ platicaKey: 'pl_key_right' });
    const response = await get(url, {}, 'pl_key_wrong');
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('pl_key');
    expect((await fetch(`${url}/v1/conversations`)).status).toBe(401);
  });

  test('allows 30 requests a second', async () => {
    const { url } = await runningSandbox({ conversations: 1 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => get(url)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  test('shows people who were written to, and later that some of them replied', async () => {
    const { url, dbFile } = await runningSandbox({ conversations: 0 });
    for (let index = 0; index < 40; index += 1) await sendTo(url, String(51_900_099_000 + index));
    const now = conversations(await read(url));
    expect(now.map(({ phoneNumber }) => phoneNumber).toSorted()[0]).toBe('51900099000');
    expect(now.filter((record) => record['canSendDirectMessage'])).toEqual([]);
    const later = await runningSandbox({ conversations: 0, dbFile, clockOffsetMs: 3_600_000 });
    const then = conversations(await read(later.url, { limit: '100' }));
    const replied = then.filter((record) => record['canSendDirectMessage']);
    expect(then).toHaveLength(40);
    expect(replied.length).toBeGreaterThan(3);
    expect(replied.length).toBeLessThan(25);
    expect(
      replied.every(
        ({ creationDate, lastUpdate }) => Date.parse(lastUpdate) > Date.parse(creationDate) + 60_000,
      ),
    ).toBe(true);
  });

  test('can fail on request', async () => {
    const { url } = await runningSandbox({ faults: [faultRule('list-html-before', { nth: 1 })] });
    expect(await (await get(url)).text()).toContain('<h1>');
    expect((await get(url)).status).toBe(200);
  });
});
