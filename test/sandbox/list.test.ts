import { describe, expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { requestsLog } from './read-log.js';
import { allPages, classicBody, listPage, post, runningSandbox, sendTo } from './running-sandbox.js';

function phone(index: number): string {
  return String(51_900_000_000 + index);
}

async function sendMany(url: string, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) await sendTo(url, phone(index));
}

describe("Plazbot's list", () => {
  test('shows a send with every documented field', async () => {
    const { url } = await runningSandbox();
    await post(url, classicBody);
    const page = await listPage(url);
    expect(page).toMatchObject({
      success: true,
      code: 200,
      errorCode: null,
      message: 'List obtained successfully.',
    });
    expect(Object.keys(page.data.data[0] ?? {})).toEqual([
      ...[
        'id',
        'contactId',
        'workspaceId',
        'internalWhatsappNumber',
        'platformSenderId',
        'platformSenderName',
      ],
      ...['platformSenderPhone', 'workspaceName', 'templateCode', 'templateType', 'type', 'campaignName'],
      ...['agentSenderId', 'requestBody', 'responseBody', 'responseStatus', 'creationDate'],
    ]);
    expect(page.data.data[0]).toMatchObject({
      internalWhatsappNumber: '51900000001',
      templateCode: 'welcome_es',
      type: 1,
      campaignName: 'Welcome',
      requestBody: JSON.stringify(classicBody),
      responseStatus: 'success',
      creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/u),
    });
  });

  test('has pages of 20 and ends with a null token', async () => {
    const { url } = await runningSandbox();
    await sendMany(url, 0, 45);
    const pages = await allPages(url);
    expect(pages.map(({ data }) => data.data.length)).toEqual([20, 20, 5]);
  });

  test('a full last page ends it too', async () => {
    const { url } = await runningSandbox({ listPageSize: 2 });
    await sendMany(url, 0, 4);
    expect((await allPages(url)).map(({ data }) => data.data.length)).toEqual([2, 2]);
  });

  test('pushes old records onto the next page when new ones come', async () => {
    const { url } = await runningSandbox({ listPageSize: 2 });
    await sendMany(url, 0, 4);
    const first = await listPage(url);
    await sendMany(url, 4, 5);
    const second = await listPage(url, first.data.newContinuationToken);
    expect(second.data.data[0]).toEqual(first.data.data[1]);
  });

  test('short and empty pages on request lose no record', async () => {
    const { url } = await runningSandbox({ listShortPages: 0.5, listEmptyPages: 0.5, seed: 3 });
    await sendMany(url, 0, 60);
    const pages = await allPages(url);
    const sizes = pages.map(({ data }) => data.data.length);
    expect(sizes).toContain(0);
    expect(sizes.slice(0, -1).some((size) => size > 0 && size < 20)).toBe(true);
    const seen = pages.flatMap(({ data }) => data.data.map((record) => record['internalWhatsappNumber']));
    expect(new Set(seen).size).toBe(60);
  });

  test('can give the same token again and again', async () => {
    const { url } = await runningSandbox({ listRepeatsToken: true, listPageSize: 1 });
    await sendMany(url, 0, 3);
    const first = await listPage(url);
    const second = await listPage(url, first.data.newContinuationToken);
    expect(second.data.newContinuationToken).toBe(first.data.newContinuationToken);
  });

  test('shows a send only after its lag', async () => {
    const { url } = await runningSandbox({ listLagMs: 3_600_000 });
    await sendMany(url, 0, 1);
    expect((await listPage(url)).data.data).toEqual([]);
  });

  test('can keep the number in the other field, or in the request body alone', async () => {
    const other = await runningSandbox({ listNumberField: 'platformSenderPhone' });
    await sendMany(other.url, 1, 2);
    expect((await listPage(other.url)).data.data[0]).toMatchObject({ platformSenderPhone: phone(1) });
    const neither = await runningSandbox({ listNumberField: 'neither' });
    await sendMany(neither.url, 1, 2);
    const { requestBody, ...fields } = (await listPage(neither.url)).data.data[0] ?? {};
    expect(JSON.stringify(fields)).not.toContain(phone(1));
    expect(requestBody).toContain(phone(1));
  });

  test('can have a clock of its own, in records and in the Date header', async () => {
    const day = 86_400_000;
    const { url } = await runningSandbox({ clockOffsetMs: day });
    const before = Date.now();
    const response = await post(url, classicBody);
    const record = (await listPage(url)).data.data[0];
    expect(Date.parse(response.headers.get('date') ?? '')).toBeGreaterThan(before + day - 1_001);
    expect(Date.parse(String(record?.['creationDate']))).toBeGreaterThanOrEqual(before + day);
  });

  test('shows a workspace its own sends alone', async () => {
    const { url } = await runningSandbox();
    await post(url, { ...classicBody, workspaceId: 'ws-2' }, { headers: { 'x-workspace-id': 'ws-2' } });
    expect((await listPage(url)).data.data).toEqual([]);
  });

  test.each([['workspaceId=ws-2'], [''], ['workspaceId=ws-1&continuationToken=nonsense']])(
    'refuses the query "%s"',
    async (query) => {
      const { url } = await runningSandbox();
      const headers = { 'x-workspace-id': 'ws-1' };
      expect((await fetch(`${url}/api/message/conversation?${query}`, { headers })).status).toBe(400);
    },
  );
});

describe('a list fault', () => {
  test('never: executed and not listed', async () => {
    const { url } = await runningSandbox({ faults: [faultRule('listed-never')] });
    expect((await sendTo(url, phone(1)))?.status).toBe(200);
    expect((await listPage(url)).data.data).toEqual([]);
  });

  test('twice: two records with different ids for one send', async () => {
    const { url } = await runningSandbox({ faults: [faultRule('listed-twice')] });
    await sendMany(url, 1, 2);
    const records = (await listPage(url)).data.data;
    expect(records.map((record) => record['internalWhatsappNumber'])).toEqual([phone(1), phone(1)]);
    expect(records[0]?.['id']).not.toBe(records[1]?.['id']);
  });

  test('failed: the record says so', async () => {
    const rule = faultRule('listed-failed');
    if (rule.choice.kind !== 'always') throw new TypeError('one effect expected');
    const { effect } = rule.choice;
    const atOnce = { ...effect, listing: { ...effect.listing, failedAfterMs: 0 } };
    const { url } = await runningSandbox({
      faults: [{ ...rule, choice: { kind: 'always', effect: atOnce } }],
    });
    await sendMany(url, 1, 2);
    expect((await listPage(url)).data.data[0]).toMatchObject({
      responseStatus: 'failed',
      responseBody: expect.stringContaining('131026'),
    });
  });

  test('of the request itself strikes the list and no send', async () => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule('list-http-500', { nth: 2 })] });
    await sendMany(url, 1, 3);
    const query = `${url}/api/message/conversation?workspaceId=ws-1`;
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) {
      statuses.push((await fetch(query, { headers: { 'x-workspace-id': 'ws-1' } })).status);
    }
    expect(statuses).toEqual([200, 500, 200]);
    expect(requestsLog(dbFile).map(({ fault }) => fault)).toEqual([null, null, null, 'list-http-500', null]);
  });
});
