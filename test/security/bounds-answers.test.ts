import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/core/bounded-json.js';
import { BOUNDS } from '../../src/core/bounds.js';
import { readListOptions } from '../../src/core/conversation-options.js';
import type { Problem } from '../../src/core/problem.js';
import { type PageSource, readPages } from '../../src/providers/http/paged-list.js';
import { listPlatica } from '../../src/providers/platica/list.js';
import { listPlazbot } from '../../src/providers/plazbot/list.js';
import { plazbotRecordOf } from '../../src/providers/plazbot/list-record.js';
import { listedSendOf } from '../../src/providers/plazbot/listed-send.js';
import { plazbotPage, plazbotRecord } from '../providers/fixtures/recorded.js';
import {
  type Answer,
  failureOf,
  listServer,
  readThrough,
  surroundings,
} from '../providers/http/list-server.js';
import { answering, delivery, senderTo } from '../providers/plazbot/local-servers.js';
import { said, saidInSpanish } from '../support/said.js';

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
/** Both languages have a sentence for it: a place that nothing fills throws. */
const sentences = (problem: Problem | undefined): readonly string[] => {
  if (problem === undefined) throw new Error('there is no problem');
  const both = [said(problem), saidInSpanish(problem)];
  return both;
};

async function outcomeOf(body: string, headers: Readonly<Record<string, string>> = {}, status = 200) {
  const { url } = await answering({ status, body, headers });
  return senderTo(url).send(delivery());
}

describe('an answer to a send', () => {
  const sent = '{"success":true,"data":{"contactId":"c-1"}}';

  test.each([
    [BOUNDS.sendAnswer.value, 'accepted'],
    [BOUNDS.sendAnswer.value + 1, 'uncertain'],
  ])('of %d bytes makes the delivery %s', async (bytes, kind) => {
    expect((await outcomeOf(sent.padEnd(bytes))).kind).toBe(kind);
  });

  test.each([
    [12_000, 'accepted'],
    [BOUNDS.answerHeaders.value + 100, 'uncertain'],
  ])('with headers of %d bytes makes it %s', async (bytes, kind) => {
    expect((await outcomeOf(sent, { 'x-long': 'h'.repeat(bytes) })).kind).toBe(kind);
  });

  test.each([
    [BOUNDS.jsonDepth.value - 1, 'accepted'],
    [BOUNDS.jsonDepth.value, 'uncertain'],
    [200_000, 'uncertain'],
  ])('with %d brackets within each other makes it %s', async (levels, kind) => {
    const body = `{"success":true,"data":{"contactId":"c-1"},"more":${deep(levels)}}`;
    expect((await outcomeOf(body)).kind).toBe(kind);
  });

  test('says no more than the first words of an error', async () => {
    const body = JSON.stringify({ success: false, code: 'c'.repeat(1e5), message: `m\n${'m '.repeat(1e5)}` });
    const outcome = await outcomeOf(body, {}, 422);
    expect(outcome.answer.errorCode).toHaveLength(BOUNDS.errorCode.value);
    expect(outcome.answer.errorMessage).toHaveLength(BOUNDS.errorMessage.value);
  });

  test.each([
    [BOUNDS.contactId.value, BOUNDS.contactId.value],
    [BOUNDS.contactId.value + 1, null],
    [900_000, null],
  ])('with a contact id of %d characters is an acceptance that keeps %s of them', async (given, kept) => {
    const outcome = await outcomeOf(
      JSON.stringify({ success: true, data: { contactId: 'i'.repeat(given) } }),
    );
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    expect(outcome.contactId?.length ?? null).toBe(kept);
  });
});

describe('a page of a list', () => {
  const problemOf = async (answer: Answer): Promise<Problem | undefined> => {
    const server = await listServer(() => answer);
    const read = listPlazbot({
      baseUrl: server.url,
      workspaceId: 'workspace-1',
      apiKey: null,
      api: 'classic',
      ...surroundings(),
    });
    const { end } = await readThrough(read);
    return end.kind === 'failed' ? failureOf(end) : undefined;
  };
  const record = (id: string): Readonly<Record<string, unknown>> => plazbotRecord({ id });
  const pageWith = (records: readonly unknown[], token: string | null = null): unknown => ({
    success: true,
    data: { newContinuationToken: token, data: records },
  });
  const one = JSON.stringify(pageWith([record('a')]));

  test.each([
    ['of the largest size', { body: one.padEnd(BOUNDS.listPage.value) }],
    [
      'as deep as it may be',
      { body: { ...plazbotPage(['a'], null), more: JSON.parse(deep(BOUNDS.jsonDepth.value - 1)) } },
    ],
    [
      'with as many records as it may have',
      { body: pageWith(Array(BOUNDS.listPageRecords.value).fill(record('a'))) },
    ],
    ['with the longest id', { body: pageWith([record('i'.repeat(BOUNDS.listId.value))]) }],
    ['whose request is JSON 200,000 deep', { body: pageWith([{ ...record('a'), requestBody: deep(2e5) }]) }],
  ])('%s is read', async (_, answer) => {
    expect(await problemOf(answer)).toBeUndefined();
  });

  test.each([
    ['that is larger', 'list.too-large', { body: one.padEnd(BOUNDS.listPage.value + 1) }],
    ['that is deeper', 'list.too-deep', { body: `{"success":true,"data":${deep(BOUNDS.jsonDepth.value)}}` }],
    ['200,000 deep', 'list.too-deep', { body: deep(200_000) }],
    ['200,000 deep that was never closed', 'list.too-deep', { body: '{"a":'.repeat(200_000) }],
    [
      'with more records',
      'list.too-many-records',
      { body: pageWith(Array(BOUNDS.listPageRecords.value + 1).fill(0)) },
    ],
    [
      'with a longer id',
      'list.id-too-long',
      { body: pageWith([record('a'), record('i'.repeat(BOUNDS.listId.value + 1))]) },
    ],
    [
      'with a longer token',
      'list.token-too-long',
      { body: pageWith([record('a')], 't'.repeat(BOUNDS.listToken.value + 1)) },
    ],
    [
      'with headers without an end',
      'list.unreachable',
      { body: one, headers: { 'x-long': 'h'.repeat(20_000) } },
    ],
  ])('%s is a problem: %s', async (_, code, answer) => {
    const problem = await problemOf(answer);
    expect(problem?.code).toBe(code);
    sentences(problem);
  });

  test('of Platica may name any number of workspaces', async () => {
    const workspace = {
      id: 'w',
      name: null,
      conversations: [],
      conversationsCount: 0,
      pagination: { limit: 1, offset: 0, hasMore: true },
    };
    const server = await listServer(({ index }) => ({
      body: { workspaces: index === 0 ? Array(60_000).fill(workspace) : [] },
    }));
    const options = readListOptions('platica', {});
    if (!options.ok) throw new Error('options');
    const read = listPlatica({
      baseUrl: server.url,
      apiKey: 'key',
      options: options.value,
      ...surroundings(),
    });
    expect((await readThrough(read)).end.kind).toBe('complete');
  });
});

describe('a list without an end', () => {
  /** Pages of new ids for ever, without a socket: a hundred thousand of them. */
  async function endOf(recordsPerPage: number) {
    let id = 0;
    const source: PageSource<{ readonly id: string }, number> = {
      provider: 'plazbot',
      first: 0,
      request: () => ({ path: '/', query: [] }),
      parse: (_: unknown, position: number) => ({
        kind: 'parsed',
        values: Array.from({ length: recordsPerPage }, () => ({ id: String(id++) })),
        next: position + 1,
      }),
      recordOf: (raw) => ({ id: String(raw['id']) }),
      idOf: ({ id }: { readonly id: string }) => id,
      keeps: () => false,
      conversationOf: () => {
        throw new Error('no record is kept');
      },
      resumeOf: (position: number) => ({ option: 'continuation-token', value: String(position) }),
      keyOf: String,
      passOf: () => 0,
      firstIdMustDiffer: false,
    };
    const body = { kind: 'body', value: null, receivedAt: 0, clockOffsetMs: null } as const;
    const client = { read: async () => body, close: async () => undefined };
    for await (const event of readPages(source, client)) if (event.kind === 'end') return event.end;
    throw new Error('no end');
  }

  test.each([
    ['pages', 1, BOUNDS.listPages.value],
    ['records', BOUNDS.listPageRecords.value, BOUNDS.listRecords.value / BOUNDS.listPageRecords.value],
  ])('ends after so many %s, and says where to go on', async (_, recordsPerPage, pages) => {
    const end = await endOf(recordsPerPage);
    expect(end).toMatchObject({ kind: 'failed', pages, resume: { value: String(pages) } });
    expect(failureOf(end).code).toBe('list.endless');
    sentences(failureOf(end));
  });
});

describe('a listed record', () => {
  const listed = (over: Readonly<Record<string, unknown>>) =>
    listedSendOf(plazbotRecordOf(plazbotRecord(over)), (text) => text);
  const longest = 't'.repeat(BOUNDS.listedName.value);

  test('names a template and a campaign of any length that ours can have', () => {
    expect(listed({ templateCode: longest, requestBody: null }).templates).toEqual([longest]);
    expect(listed({ campaignName: longest, requestBody: null }).campaignNames).toEqual([longest]);
  });

  test('with a longer name tells none, so that nobody is absent because of it', () => {
    expect(listed({ templateCode: `${longest}t`, requestBody: null }).templates).toEqual([]);
    expect(listed({ campaignName: `${longest}t`, requestBody: null }).campaignNames).toEqual([]);
  });

  test.each([
    [14, 16],
    [15, 0],
  ])('with %d numbers besides its own has %d', (more, kept) => {
    const to = Array.from({ length: more }, (_, index) => ({
      to: `519100000${String(index).padStart(2, '0')}`,
    }));
    const fields = {
      requestBody: JSON.stringify(to),
      internalWhatsappNumber: '51911111111',
      platformSenderPhone: '51922222222',
    };
    expect(listed(fields).numbers).toHaveLength(kept);
  });

  test('keeps a contact id as long as one of an answer', () => {
    expect(listed({ contactId: 'c'.repeat(BOUNDS.contactId.value) }).contactId).toHaveLength(
      BOUNDS.contactId.value,
    );
    expect(listed({ contactId: 'c'.repeat(BOUNDS.contactId.value + 1) }).contactId).toBeNull();
  });

  test('has one short line of what became of it', () => {
    expect(listed({ responseStatus: 'x'.repeat(1e6) }).summary).toHaveLength(BOUNDS.shownValue.value);
  });
});

describe('JSON from outside', () => {
  test.each([
    ['{"a":[1,"[[[{{{"]}', 'value'],
    ['"\\"[[["', 'value'],
    ['"[', 'no-json'],
    ['', 'no-json'],
    [deep(BOUNDS.jsonDepth.value), 'value'],
    [deep(BOUNDS.jsonDepth.value + 1), 'too-deep'],
    ['[{}],'.repeat(100), 'no-json'],
  ])('%# is %s', (text, kind) => {
    expect(readJson(text).kind).toBe(kind);
  });

  test('given as an option is refused when it is too deep', () => {
    const given = { 'contact-filter': `{"a":${deep(60_000)}}` };
    const read = readListOptions('chatbotx', given);
    expect(read.ok).toBe(false);
    if (!read.ok) sentences(read.problems[0]);
  });
});
