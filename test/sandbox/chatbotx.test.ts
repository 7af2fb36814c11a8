import { describe, expect, test } from 'vitest';
import { runningSandbox } from './running-sandbox.js';

interface Conversation {
  readonly id: string;
  readonly lastActivityAt: string;
  readonly archivedAt: string | null;
  readonly followed: boolean;
  readonly botEnabled: boolean;
  readonly contactInboxes: readonly { readonly channel: string }[];
  readonly contact: {
    readonly phoneNumber: string | null;
    readonly blockedAt: string | null;
    readonly broadcastSubscribedAt: string | null;
    readonly firstName: string;
    readonly lastName: string;
    readonly country: string;
  };
}

interface Page {
  readonly data: readonly Conversation[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

function get(url: string, query: Readonly<Record<string, string>> = {}, token = 'token'): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${url}/api/v1/conversations?${new URLSearchParams(query)}`, { headers });
}

async function read(url: string, query: Readonly<Record<string, string>> = {}): Promise<Page> {
  return (await (await get(url, query)).json()) as Page;
}

async function readAll(
  url: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly Conversation[]> {
  const all: Conversation[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await read(url, { ...query, perPage: '50', ...(cursor === null ? {} : { cursor }) });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

describe("ChatbotX's list", () => {
  test('shows every documented field', async () => {
    const { url } = await runningSandbox();
    const page = await read(url);
    expect(page.data).toHaveLength(20);
    expect(page.prevCursor).toBeNull();
    const [record] = page.data;
    expect(Object.keys(record ?? {})).toEqual([
      ...['id', 'createdAt', 'updatedAt', 'botEnabled', 'botResumeAt', 'archivedAt', 'additionalAttributes'],
      ...['contactLastReadAt', 'agentLastReadAt', 'lastActivityAt', 'followed', 'workspaceId', 'contactId'],
      ...['adminRepliedAt', 'contactRepliedAt', 'contactInboxes', 'messages', 'contact', 'assignedUser'],
      ...['assignedInboxTeam', 'aiContextLastMessageId', 'assignedUserId', 'assignedInboxTeamId'],
    ]);
    expect(Object.keys(record?.contact ?? {})).toEqual([
      ...['id', 'createdAt', 'updatedAt', 'avatar', 'phoneNumber', 'email', 'emailVerified', 'emailOptIn'],
      ...['firstName', 'lastName', 'fullName', 'lastReadAt', 'ref', 'country', 'state', 'city', 'location'],
      ...['locale', 'timezone', 'subscribedAt', 'broadcastSubscribedAt', 'blockedAt', 'workspaceId'],
    ]);
  });

  test('goes from cursor to cursor in the order of the last activity, each conversation once', async () => {
    const { url } = await runningSandbox();
    const all = await readAll(url);
    const moments = all.map(({ lastActivityAt }) => lastActivityAt);
    expect(moments).toEqual(moments.toSorted().toReversed());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('begins again at a cursor that cannot be read', async () => {
    const { url } = await runningSandbox();
    expect(await read(url, { cursor: 'nonsense' })).toEqual(await read(url));
  });

  test('hides what is archived or blocked; each tag alone shows only what is not both', async () => {
    const { url } = await runningSandbox();
    const marks = (all: readonly Conversation[]) =>
      new Set(all.map(({ archivedAt, contact }) => `${archivedAt !== null} ${contact.blockedAt !== null}`));
    const shown = await readAll(url);
    const archived = await readAll(url, { tags: '["archived"]' });
    const blocked = await readAll(url, { tags: '["blocked"]' });
    const both = await readAll(url, { tags: '["archived","blocked"]' });
    expect(marks(shown)).toEqual(new Set(['false false']));
    expect(marks(archived)).toEqual(new Set(['true false']));
    expect(marks(blocked)).toEqual(new Set(['false true']));
    expect(marks(both)).toEqual(new Set(['true true']));
    expect(shown.length + archived.length + blocked.length + both.length).toBe(300);
  });

  test('takes several tags to mean all of them', async () => {
    const { url } = await runningSandbox();
    const followed = await readAll(url, { tags: '["followUp"]' });
    const unread = await readAll(url, { tags: '["unread"]' });
    const both = await readAll(url, { tags: '["followUp","unread"]' });
    const ids = new Set(unread.map(({ id }) => id));
    expect(both.map(({ id }) => id)).toEqual(followed.map(({ id }) => id).filter((id) => ids.has(id)));
    expect(both.length).toBeGreaterThan(0);
  });

  test('accepts a status and does not apply it', async () => {
    const { url } = await runningSandbox();
    expect(await read(url, { status: '["blocked"]' })).toEqual(await read(url));
  });

  test.each(['blocked', '["blocked"', '[blocked]'])('ignores the tags %s without a word', async (tags) => {
    const { url } = await runningSandbox();
    expect(await read(url, { tags })).toEqual(await read(url));
  });

  test('decodes JSON twice: a % must be encoded twice, or the filter vanishes', async () => {
    const { url } = await runningSandbox();
    const once = await read(url, { contactFilter: '{"city":"100%"}' });
    const twice = await read(url, { contactFilter: '{"city":"100%25"}' });
    expect(once).toEqual(await read(url));
    expect(twice.data).toEqual([]);
    const lima = await readAll(url, { contactFilter: encodeURIComponent('{"country":"PE"}') });
    expect(new Set(lima.map(({ contact }) => contact.country))).toEqual(new Set(['PE']));
  });

  test('filters by channel, bot, assignment and keyword', async () => {
    const { url } = await runningSandbox();
    const telegram = await readAll(url, { channel: 'telegram' });
    expect(telegram.length).toBeGreaterThan(0);
    expect(telegram.every(({ contactInboxes }) => contactInboxes[0]?.channel === 'telegram')).toBe(true);
    expect(await read(url, { channel: 'omnichannel' })).toEqual(await read(url));
    expect((await readAll(url, { botCategory: 'human' })).every(({ botEnabled }) => !botEnabled)).toBe(true);
    expect((await readAll(url, { botEnabled: 'true' })).every(({ botEnabled }) => botEnabled)).toBe(true);
    const shares = ['unassigned', 'u_501', 't_601'].map((assignedId) => readAll(url, { assignedId }));
    const sizes = (await Promise.all(shares)).map(({ length }) => length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe((await readAll(url)).length);
    const found = await readAll(url, { keyword: 'QUISPE' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ contact }) => contact.lastName === 'Quispe')).toBe(true);
  });

  test('ignores sort', async () => {
    const { url } = await runningSandbox();
    expect(await read(url, { sort: '[{"id":"asc"}]' })).toEqual(await read(url));
  });

  test('holds people without a phone, with a user id, with none, and without broadcasts', async () => {
    const { url } = await runningSandbox();
    const contacts = (await readAll(url)).map(({ contact }) => contact);
    const phones = contacts.map(({ phoneNumber }) => phoneNumber ?? 'null');
    expect(phones.some((phone) => /^\+\d+$/u.test(phone))).toBe(true);
    expect(phones.some((phone) => phone.startsWith('MX.1502'))).toBe(true);
    expect(phones).toContain('null');
    expect(contacts.some(({ broadcastSubscribedAt }) => broadcastSubscribedAt === null)).toBe(true);
  });

  test.each([{ perPage: '0' }, { perPage: 'x' }, { channel: 'fax' }, { tags: '["nonsense"]' }])(
    'refuses %j',
    async (query) => {
      const { url } = await runningSandbox();
      const response = await get(url, query);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalidRequestData', status: 400 });
    },
  );

  test('answers an invalid token with 500 and its code', async () => {
    const { url } = await runningSandbox({ chatbotxToken: 'right' });
    const response = await get(url, {}, 'wrong-token');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('"INVALID_CHATBOT_TOKEN"');
    expect(text).not.toContain('wrong-token');
  });

  test('allows 120 requests in ten seconds', async () => {
    const { url } = await runningSandbox({ conversations: 1 });
    const answers = await Promise.all(Array.from({ length: 125 }, () => get(url)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBe(5);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
