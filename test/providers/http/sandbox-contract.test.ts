import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AUDIENCE_COLUMNS, createAudience } from '../../../src/core/audience.js';
import { suppressionOf } from '../../../src/core/consent.js';
import { type GivenOptions, readListOptions } from '../../../src/core/conversation-options.js';
import { USUAL_PHONE_OPTIONS } from '../../../src/core/phone.js';
import { listChatbotx } from '../../../src/providers/chatbotx/list.js';
import { listPlatica } from '../../../src/providers/platica/list.js';
import { listPlazbot } from '../../../src/providers/plazbot/list.js';
import { parsePhone } from '../../../src/recipients/phone.js';
import type { SandboxOptions } from '../../../src/sandbox/options.js';
import { startSandbox } from '../../../src/sandbox/start-sandbox.js';
import { unwrapped } from '../../support/results.js';
import { failureOf, readThrough, steppedClock, surroundings } from './list-server.js';

async function sandbox(options: Partial<SandboxOptions> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-lists-'));
  const dbFile = join(folder, 'sandbox.db');
  const running = await startSandbox({ latencyMs: { min: 0, max: 0 }, ...options, dbFile });
  onTestFinished(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return running.url;
}

/** The machine's time, so that window and replies fit the sandbox's, and no waiting. */
function present() {
  return surroundings({ ...steppedClock(), now: () => Date.now() });
}

function platica(url: string, given: GivenOptions = {}, apiKey = 'pl_key_x') {
  const options = unwrapped(readListOptions('platica', given));
  return readThrough(listPlatica({ baseUrl: url, apiKey, options, ...present() }));
}

function chatbotx(url: string, given: GivenOptions = {}, token = 'token') {
  const options = unwrapped(readListOptions('chatbotx', given));
  return readThrough(listChatbotx({ baseUrl: `${url}/api`, token, options, ...present() }));
}

async function send(url: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const destination = `519000000${String(index).padStart(2, '0')}`;
    const body = {
      workspaceId: 'ws-1',
      template: 'welcome_es',
      destination,
      type: '1',
      campaignName: 'Hola',
    };
    const headers = { 'content-type': 'application/json', 'x-workspace-id': 'ws-1' };
    await fetch(`${url}/api/message/conversation`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}

describe('the sandbox and the readers agree', () => {
  it.each(['newContinuationToken', 'continuationToken'] as const)(
    "on Plazbot's list, with %s, short and empty pages",
    async (listTokenField) => {
      const url = await sandbox({ listTokenField, listShortPages: 0.3, listEmptyPages: 0.1, seed: 3 });
      await send(url, 50);
      const settings = {
        baseUrl: url,
        workspaceId: 'ws-1',
        apiKey: null,
        api: 'classic',
        ...present(),
      } as const;
      const { end, listed } = await readThrough(listPlazbot(settings));
      expect(end).toMatchObject({ kind: 'complete', records: 50 });
      expect(new Set(listed.map(({ conversation }) => conversation.phone)).size).toBe(50);
    },
  );

  it("on Plazbot's customer, whichever of the two fields has the number", async () => {
    const url = await sandbox({ listNumberField: 'platformSenderPhone' });
    await send(url, 1);
    const settings = {
      baseUrl: url,
      workspaceId: 'ws-1',
      apiKey: null,
      api: 'current',
      ...present(),
    } as const;
    const { listed } = await readThrough(listPlazbot(settings));
    expect(listed[0]?.conversation.phone).toBe('51900000000');
  });

  it("on Platica's list, also while conversations arrive", async () => {
    const still = await platica(await sandbox(), { limit: '17' });
    expect(still.end).toMatchObject({ kind: 'complete', records: 300 });
    const moving = await platica(await sandbox({ conversationsArrive: 1 }), { limit: '17' });
    const ids = new Set(moving.listed.map(({ record }) => record.id));
    expect(moving.end.kind).toBe('complete');
    expect(still.listed.every(({ record }) => ids.has(record.id))).toBe(true);
  });

  it("on Platica's filters", async () => {
    const url = await sandbox();
    const { listed } = await platica(url);
    const day = new Date(listed[150]?.conversation.createdAt ?? 0).toISOString().slice(0, 10);
    const ofDay = await platica(url, { date: day });
    const range = await platica(url, { 'date-from': day, 'date-to': day });
    expect(ofDay.listed.length).toBeGreaterThan(0);
    expect(range.listed.map(({ record }) => record.id)).toEqual(ofDay.listed.map(({ record }) => record.id));
    const tag = listed.flatMap(({ conversation }) => conversation.tags)[0] ?? '';
    const tagged = await platica(url, { tags: tag });
    const expected = listed.filter(({ conversation }) => conversation.tags.includes(tag));
    expect(tagged.listed).toHaveLength(expected.length);
  });

  it("on ChatbotX's list, what it hides and what it ignores", async () => {
    const url = await sandbox();
    const shown = await chatbotx(url, { 'per-page': '50' });
    const blocked = await chatbotx(url, { tags: 'blocked' });
    const archived = await chatbotx(url, { status: 'archived' });
    expect(shown.listed.every(({ conversation: { blocked, archived } }) => !blocked && !archived)).toBe(true);
    expect(blocked.listed.some(({ conversation }) => conversation.archived)).toBe(true);
    const all = [shown, blocked, archived].flatMap(({ listed }) => listed.map(({ record }) => record.id));
    expect(new Set(all).size).toBe(300);
    const unread = await chatbotx(url, { status: 'unread' });
    expect(unread.listed.length).toBeLessThan(shown.listed.length);
    expect(unread.notices).toEqual([{ code: 'list.notice.status-filtered-here' }]);
  });

  it("on ChatbotX's contact filter with a percent sign", async () => {
    const url = await sandbox();
    const nobody = await chatbotx(url, { 'contact-filter': '{"city":"100%"}' });
    expect(nobody.listed).toHaveLength(0);
  });

  it('on a cursor that cannot be read', async () => {
    const { end } = await chatbotx(await sandbox(), { cursor: 'nonsense' });
    expect(end).toMatchObject({ kind: 'complete' });
  });

  it('on refused credentials', async () => {
    const url = await sandbox({ platicaKey: 'right', chatbotxToken: 'right' });
    for (const { end } of [await platica(url), await chatbotx(url)]) {
      expect(failureOf(end).code).toBe('list.credentials.refused');
    }
  });
});

describe('what is made of the lists', () => {
  it('is an audience of people once each, all of whom can be written to', async () => {
    const { listed } = await platica(await sandbox(), { limit: '100' });
    const readPhone = (typed: string) => {
      const parsed = parsePhone(typed, null, USUAL_PHONE_OPTIONS);
      return parsed.ok ? parsed : null;
    };
    const audience = createAudience({ keep: new Set(), outsideWindow: true, readPhone });
    for (const { conversation } of listed) audience.add(conversation);
    const rows = [...audience.rows()];
    const dropped = Object.values(audience.dropped()).reduce((sum, count) => sum + count, 0);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.length + dropped).toBe(300);
    expect(rows.every((row) => row.length === AUDIENCE_COLUMNS.length)).toBe(true);
    expect(new Set(rows.map(([phone = '']) => readPhone(phone)?.person)).size).toBe(rows.length);
    expect(audience.dropped()).toMatchObject({ spam: expect.any(Number), hash: expect.any(Number) });
  });

  it('is a do-not-contact list of the blocked and of spam', async () => {
    const url = await sandbox();
    const blocked = (await chatbotx(url, { tags: 'blocked' })).listed.map((one) =>
      suppressionOf(one.conversation),
    );
    const spam = (await platica(url)).listed.map((one) => suppressionOf(one.conversation));
    expect(blocked.filter((one) => one?.reason === 'blocked').length).toBeGreaterThan(0);
    expect(spam.filter((one) => one?.reason === 'spam').length).toBeGreaterThan(0);
  });
});
