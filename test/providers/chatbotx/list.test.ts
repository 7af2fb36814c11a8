import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listExitCode } from '../../../src/core/conversation.js';
import { type GivenOptions, readListOptions } from '../../../src/core/conversation-options.js';
import { listChatbotx } from '../../../src/providers/chatbotx/list.js';
import { jsonText } from '../../../src/providers/chatbotx/options.js';
import { unwrapped } from '../../support/results.js';
import { chatbotxRecord, recorded } from '../fixtures/recorded.js';
import { type Arrived, failureOf, listServer, readThrough, surroundings } from '../http/list-server.js';

const LONG_AGO = '2020-01-01T00:00:00Z';

function read(baseUrl: string, given: GivenOptions = {}) {
  const options = unwrapped(readListOptions('chatbotx', given));
  return readThrough(listChatbotx({ baseUrl, token: 'token-1', options, ...surroundings() }));
}

function page(records: readonly object[], nextCursor: string | null = null) {
  return { data: records, nextCursor, prevCursor: null };
}

/** As ChatbotX's server reads a JSON parameter: decoded once more than the query; what fails is dropped. */
function asServerReads(request: Arrived | undefined, name: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(request?.query.get(name) ?? ''));
  } catch {
    return undefined;
  }
}

const shown = chatbotxRecord({ id: 'shown' });
const blocked = chatbotxRecord({ id: 'blocked' }, { blockedAt: LONG_AGO });
const archived = chatbotxRecord({ id: 'archived', archivedAt: LONG_AGO });
const both = chatbotxRecord({ id: 'both', archivedAt: LONG_AGO }, { blockedAt: LONG_AGO });

/** A list that hides what is archived or blocked unless its tag is asked for. */
function hiding(request: Arrived) {
  const tags = (asServerReads(request, 'tags') ?? []) as string[];
  const [wantsArchived, wantsBlocked] = [tags.includes('archived'), tags.includes('blocked')];
  if (wantsArchived && wantsBlocked) return page([both]);
  if (wantsArchived) return page([archived]);
  return page(wantsBlocked ? [blocked] : [shown]);
}

describe("ChatbotX's list", () => {
  it('reads the answer of the reference page', async () => {
    const body = { ...(recorded('chatbotx') as object), nextCursor: null };
    const server = await listServer(() => ({ body }));
    const { listed, end } = await read(`${server.url}/api`);
    expect(end).toEqual({ kind: 'complete', pages: 1, records: 1 });
    expect(server.arrived[0]).toMatchObject({
      rawUrl: '/api/v1/conversations',
      headers: { authorization: 'Bearer token-1' },
    });
    expect(listed[0]?.conversation).toMatchObject({
      blocked: true,
      archived: true,
      subscribed: true,
      contactRepliedAt: Date.UTC(2023, 10, 7, 5, 31, 56),
      status: 'blocked',
    });
  });

  it('follows the cursor to its end', async () => {
    const server = await listServer(({ index }) => ({
      body: page([chatbotxRecord({ id: String(index) })], index < 2 ? `c${index}+/=` : null),
    }));
    const { listed } = await read(server.url, { 'per-page': '1' });
    expect(listed.map(({ record }) => record.id)).toEqual(['0', '1', '2']);
    expect(server.arrived.map(({ query }) => query.get('cursor'))).toEqual([null, 'c0+/=', 'c1+/=']);
  });

  it('stops when a cursor repeats', async () => {
    const server = await listServer(({ index }) => ({
      body: page([chatbotxRecord({ id: String(index) })], index === 0 ? 'a' : index === 1 ? 'b' : 'a'),
    }));
    const { end, listed } = await read(server.url);
    expect(listed).toHaveLength(3);
    expect(failureOf(end)).toEqual({ code: 'list.loop.position', params: { provider: 'chatbotx', page: 3 } });
  });

  it('stops when the list begins again because the server could not read a cursor', async () => {
    const server = await listServer(({ index }) => ({
      body: page([chatbotxRecord({ id: 'first' }), chatbotxRecord({ id: `x${index}` })], `c${index}`),
    }));
    const { end } = await read(server.url);
    expect(server.arrived).toHaveLength(2);
    expect(failureOf(end).code).toBe('list.loop.restarted');
  });

  it('sends arrays and objects as one JSON value and the rest as it is', async () => {
    const server = await listServer(() => ({ body: page([]) }));
    const filter = '{"operator":"and","conditions":[{"field":"city","operator":"eq","value":"50% & más"}]}';
    await read(server.url, {
      'bot-category': 'human',
      'assigned-id': 'u_007',
      channel: 'whatsapp',
      tags: ['unread,followup'],
      keyword: '100% Ana',
      'bot-enabled': 'false',
      'contact-filter': filter,
      cursor: 'here',
      'per-page': '40',
      sort: '[{"field":"x"}]',
    });
    const [request] = server.arrived;
    expect(asServerReads(request, 'contactFilter')).toEqual(JSON.parse(filter));
    expect(asServerReads(request, 'tags')).toEqual(['unread', 'followUp']);
    expect(asServerReads(request, 'sort')).toEqual([{ field: 'x' }]);
    expect(Object.fromEntries(request?.query ?? [])).toMatchObject({
      botCategory: 'human',
      assignedId: 'u_007',
      channel: 'whatsapp',
      keyword: '100% Ana',
      botEnabled: 'false',
      cursor: 'here',
      perPage: '40',
    });
  });

  it('writes JSON that survives one decoding as well as two', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonText(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(JSON.parse(decodeURIComponent(text))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('finds blocked conversations that are archived, too, with a second request', async () => {
    const server = await listServer((request) => ({ body: hiding(request) }));
    const { listed, notices } = await read(server.url, { tags: 'blocked' });
    expect(server.arrived.map((request) => asServerReads(request, 'tags'))).toEqual([
      ['blocked'],
      ['archived', 'blocked'],
    ]);
    expect(listed.map(({ record }) => record.id)).toEqual(['blocked', 'both']);
    expect(notices).toEqual([{ code: 'list.notice.archived-too' }]);
  });

  it('shows nobody twice, and stops at nothing, when a server hides less than expected', async () => {
    const pages = 5;
    const server = await listServer(({ index }) => {
      const place = index % pages;
      return { body: page([{ ...both, id: String(place) }], place + 1 < pages ? `c${place}` : null) };
    });
    const { listed, end } = await read(server.url, { tags: 'blocked' });
    expect(server.arrived).toHaveLength(2 * pages);
    expect(listed.map(({ record }) => record.id)).toEqual(['0', '1', '2', '3', '4']);
    expect(end.kind).toBe('complete');
  });

  it.each([
    ['blocked', ['blocked', 'both']],
    ['archived', ['archived', 'both']],
    ['archived,blocked', ['archived', 'both', 'blocked']],
  ])('looks for the status %s where it is hidden, and says that it filters here', async (status, ids) => {
    const server = await listServer((request) => ({ body: hiding(request) }));
    const { listed, notices } = await read(server.url, { status });
    expect(listed.map(({ record }) => record.id)).toEqual(ids);
    expect(notices).toEqual([{ code: 'list.notice.status-filtered-here' }]);
  });

  it('reads an account with nothing in it to its end, however many requests that takes', async () => {
    const server = await listServer(() => ({ body: page([]) }));
    const { end } = await read(server.url, { status: 'unread,archived,blocked' });
    expect(end).toEqual({ kind: 'complete', pages: 4, records: 0 });
  });

  it('filters statuses on our side by what the record shows', async () => {
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
    const records = [
      chatbotxRecord({
        id: 'read',
        contactRepliedAt: early,
        agentLastReadAt: late,
        adminRepliedAt: late,
        followed: false,
      }),
      chatbotxRecord({
        id: 'unread',
        contactRepliedAt: late,
        agentLastReadAt: early,
        adminRepliedAt: late,
        followed: false,
      }),
      chatbotxRecord({
        id: 'unanswered',
        contactRepliedAt: late,
        agentLastReadAt: late,
        adminRepliedAt: null,
        followed: false,
      }),
      chatbotxRecord({
        id: 'followed',
        contactRepliedAt: null,
        agentLastReadAt: null,
        adminRepliedAt: null,
        followed: true,
      }),
    ];
    const server = await listServer(() => ({ body: page(records) }));
    const ids = async (status: string) =>
      (await read(server.url, { status })).listed.map(({ record }) => record.id);
    expect(await ids('unread')).toEqual(['unread']);
    expect(await ids('noAdminReply')).toEqual(['unanswered']);
    expect(await ids('followUp')).toEqual(['followed']);
    expect(await ids('unread,followUp')).toEqual(['unread', 'followed']);
  });

  it.each([
    [500, { code: 'INVALID_CHATBOT_TOKEN' }],
    [500, { error: { code: 'INVALID_CHATBOT_TOKEN' } }],
    [401, { code: 'INVALID_CHATBOT_TOKEN' }],
  ])('takes HTTP %i with %j for a refused token and asks only once', async (status, body) => {
    const server = await listServer(() => ({ status, body }));
    const { end } = await read(server.url);
    expect(failureOf(end)).toMatchObject({
      code: 'list.credentials.refused',
      params: { status, variables: 'CHATBOTX_TOKEN' },
    });
    expect(server.arrived).toHaveLength(1);
    expect(JSON.stringify(end)).not.toContain('token-1');
    expect(listExitCode(end)).toBe(5);
  });

  it.each(Object.keys(chatbotxRecord({})))('keeps a record without %s', async (field) => {
    const { [field]: _, ...rest } = chatbotxRecord({ id: 'x' });
    const server = await listServer(() => ({ body: page([shown, rest]) }));
    const { end, listed } = await read(server.url);
    expect(end).toMatchObject({ kind: 'complete', records: 2 });
    expect(listed[1]?.conversation.raw).toEqual(rest);
  });

  it.each([
    ['createdAt', []],
    ['phoneNumber', []],
    ['blockedAt', ['blocked']],
    ['broadcastSubscribedAt', ['unsubscribed']],
  ])('keeps a record without contact.%s, and says what nobody knows: %j', async (field, untold) => {
    const record = chatbotxRecord({}) as { contact: Record<string, unknown> };
    delete record.contact[field];
    const server = await listServer(() => ({ body: page([record]) }));
    const { listed } = await read(server.url);
    expect(listed[0]?.conversation).toMatchObject({ untold, archived: false, blocked: false });
  });

  it('says that nobody knows of replies where a record does not tell them', async () => {
    const { contactRepliedAt: _, ...record } = chatbotxRecord({});
    const server = await listServer(() => ({ body: page([record]) }));
    const { listed } = await read(server.url);
    expect(listed[0]?.conversation).toMatchObject({
      untold: ['replied'],
      contactRepliedAt: null,
      windowOpen: null,
    });
  });

  it('refuses a page without a cursor field: nothing would tell whether it is all', async () => {
    const server = await listServer(() => ({ body: { data: [chatbotxRecord({})] } }));
    const { end } = await read(server.url);
    expect(failureOf(end)).toMatchObject({ code: 'list.field.missing', params: { field: 'nextCursor' } });
  });

  it('takes a contact without a phone, without consent and without a name', async () => {
    const record = chatbotxRecord(
      { contactInboxes: [], contactRepliedAt: null },
      { phoneNumber: null, broadcastSubscribedAt: null, fullName: null, firstName: 'Ana', lastName: ' ' },
    );
    const server = await listServer(() => ({ body: page([record]) }));
    const { listed } = await read(server.url);
    expect(listed[0]?.conversation).toMatchObject({
      addressKind: 'none',
      phone: null,
      subscribed: false,
      name: 'Ana',
      lastName: null,
      channel: null,
      windowOpen: null,
    });
  });

  it.each([
    ['2026-02-28T12:00:00Z', true],
    ['2026-02-27T12:00:00Z', false],
    [null, false],
  ])('derives the 24-hour window from the last reply at %s', async (contactRepliedAt, windowOpen) => {
    const inbox = { id: '1', contactId: '1', inboxId: '1', channel: 'whatsapp' };
    const record = chatbotxRecord({
      contactRepliedAt,
      contactInboxes: [{ ...inbox, channel: 'webchat' }, inbox],
    });
    const server = await listServer(() => ({ body: page([record]) }));
    const { listed } = await read(server.url);
    expect(listed[0]?.conversation).toMatchObject({ channel: 'whatsapp', windowOpen });
  });
});
