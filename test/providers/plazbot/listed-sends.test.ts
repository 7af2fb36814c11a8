import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { likeness } from '../../../src/core/match.js';
import type { ListedPage } from '../../../src/core/reconcile-ports.js';
import { redactor } from '../../../src/core/redaction.js';
import type { PlazbotRecord } from '../../../src/providers/plazbot/list-record.js';
import { listedSendOf } from '../../../src/providers/plazbot/listed-send.js';
import { PlazbotSends } from '../../../src/providers/plazbot/listed-sends.js';
import { MINUTE, noteClock, TestClock, world } from '../../run/reconcile-world.js';
import { classicBody, runningSandbox, sendTo } from '../../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../../support/answering.js';

const BUSINESS = '51999999999';

function record(over: Partial<PlazbotRecord> = {}): PlazbotRecord {
  return {
    id: 'conv-1',
    contactId: 'contact-1',
    workspaceId: 'secret-workspace',
    internalWhatsappNumber: BUSINESS,
    platformSenderId: null,
    platformSenderName: null,
    platformSenderPhone: null,
    workspaceName: null,
    templateCode: 'welcome_es',
    templateType: null,
    type: 1,
    campaignName: 'Welcome',
    agentSenderId: null,
    requestBody: null,
    responseBody: null,
    responseStatus: 'success',
    creationDate: '2026-03-21T12:00:00.9310377Z',
    ...over,
  };
}

const send = (over: Partial<PlazbotRecord>) => listedSendOf(record(over), redactor(['secret-key']));
const REQUEST = {
  workspaceId: 'secret-workspace',
  template: 'welcome_es',
  destination: '51900000001',
  campaignName: 'Welcome',
  variablesBody: [{ variable: 'phone', value: '51900000077', phone: '51900000078' }],
};

describe('a record of Plazbot', () => {
  it.each([
    ['JSON', JSON.stringify(REQUEST)],
    ['JSON in a JSON string', JSON.stringify(JSON.stringify(REQUEST))],
    ['WhatsApp’s own request', JSON.stringify({ to: '51900000001', template: { name: 'welcome_es' } })],
    ['JSON that was cut off', JSON.stringify(REQUEST).slice(0, 95)],
    ['cut JSON in a JSON string', JSON.stringify(JSON.stringify(REQUEST)).slice(0, 120)],
    ['a number that is no text', '{"destination":51900000001}'],
  ])('names its person in a request that is %s', (_what, requestBody) => {
    expect(send({ requestBody }).numbers).toEqual(['51900000001', BUSINESS]);
  });

  it.each([
    ['nonsense 51900000001'],
    ['[]'],
    ['null'],
    ['7'],
    ['{"variablesBody":{"to":"51900000001"}}'],
    [''],
  ])('names only its number fields when the request is %s', (requestBody) => {
    expect(send({ requestBody }).numbers).toEqual([BUSINESS]);
  });

  it('takes no user id and no hash for a number', () => {
    const numbers = { internalWhatsappNumber: 'MX.150212345678', platformSenderPhone: '9f86d081884c7d65' };
    expect(send(numbers).numbers).toEqual([]);
    expect(send({ platformSenderPhone: 'whatsapp:+52 1 55 1234 5678' }).numbers).toEqual([
      BUSINESS,
      '5215512345678',
    ]);
  });

  it('names its template and campaign by its fields, else by its request', () => {
    expect(send({ templateCode: 'T-17', requestBody: JSON.stringify(REQUEST) }).templates).toEqual([
      'T-17',
      'welcome_es',
    ]);
    const empty = { templateCode: ' ', campaignName: null };
    expect(send({ ...empty, requestBody: JSON.stringify(REQUEST) })).toMatchObject({
      templates: ['welcome_es'],
      campaignNames: ['Welcome'],
    });
    expect(send(empty)).toMatchObject({ templates: [], campaignNames: [] });
  });

  it('tells what was said, unless its request was cut off or is much too large', () => {
    const whole = JSON.stringify({ ...REQUEST, variablesBody: [{ variable: '1', value: 'Ana' }] });
    expect(send({ requestBody: whole }).values?.body).toMatchObject({ named: true, count: 1 });
    expect(send({ requestBody: whole.slice(0, -20) }).values).toBeNull();
    expect(send({ requestBody: null }).values).toBeNull();
    const large = JSON.stringify({ ...JSON.parse(whole), file: 'x'.repeat(300_000) });
    expect(send({ requestBody: large })).toMatchObject({ values: null, templates: ['welcome_es'] });
    expect(JSON.stringify(send({ requestBody: whole }))).not.toContain('Ana');
  });

  it('keeps neither the workspace nor a key', () => {
    const kept = send({
      requestBody: JSON.stringify(REQUEST),
      responseBody: '{"error":{"message":"bad key secret-key"}}',
    });
    expect(JSON.stringify(kept)).not.toMatch(/secret/);
    expect(kept.summary).toBe('success: bad key •••');
  });

  it('has a moment with seven fractional digits', () => {
    expect(send({}).createdAt).toBe(Date.UTC(2026, 2, 21, 12, 0, 0, 931));
  });

  it.each([
    ['failed', null, true],
    ['ERROR', null, true],
    ['400', null, true],
    ['success', '{"error":{"code":131026}}', true],
    ['sent', '"{\\"success\\":false}"', true],
    ['', '{"errors":[{"code":1}]}', true],
    ['success', '{"error":null}', false],
    ['200', 'plain text', false],
    [null, null, null],
    ['pending', '{}', null],
  ])('with the status %s and the answer %s has failed: %s', (responseStatus, responseBody, failed) => {
    expect(send({ responseStatus, responseBody }).failed).toBe(failed);
  });

  it('has a type that is a number, or none', () => {
    expect([1, '2', 3, null, 0, 'x'].map((type) => send({ type }).type)).toEqual([1, 2, 3, null, null, null]);
  });
});

const never = new AbortController().signal;
const opened: PlazbotSends[] = [];
afterEach(async () => {
  for (const list of opened.splice(0)) await list.close();
});

function sends(baseUrl: string): PlazbotSends {
  const list = new PlazbotSends({
    baseUrl,
    workspaceId: 'ws-1',
    apiKey: null,
    api: 'classic',
    clock: new TestClock(Date.now()),
    chance: () => 0,
    pagesPerSecond: 1_000,
    attempts: 1,
  });
  opened.push(list);
  return list;
}

describe('Plazbot’s list, page by page', () => {
  it('is read from token to token until it is null, and from any of them again', async () => {
    const { url } = await runningSandbox({ listPageSize: 2 });
    for (let n = 1; n <= 5; n += 1) await sendTo(url, `5190000000${n}`);
    const list = sends(url);
    const pages: ListedPage[] = [];
    let token: string | null = null;
    do {
      const page = await list.read(token, never);
      if (page.kind === 'failed') throw new Error(page.problem.code);
      pages.push(page);
      token = page.nextToken;
    } while (token !== null);
    expect(pages.map(({ records }) => records.length)).toEqual([2, 2, 1]);
    expect(pages[0]?.records[0]).toMatchObject({
      templates: ['welcome_es'],
      campaignNames: ['Welcome'],
      type: 1,
    });
    expect(pages[0]?.clockOffsetMs).not.toBeNull();
    expect(await list.read(pages[0]?.nextToken ?? null, never)).toMatchObject({ records: pages[1]?.records });
  });

  it('forbids absence by what has no id or is no record, and proves no presence by it', async () => {
    const { id: _, ...nameless } = record({ requestBody: JSON.stringify(REQUEST) });
    const url = await answeringServer((_request, response) => {
      const data = { newContinuationToken: null, data: [nameless, 'text', record({ creationDate: null })] };
      answerJson(response, { data });
    });
    const page = await sends(url).read(null, never);
    if (page.kind === 'failed') throw new Error(page.problem.code);
    expect(page.records).toMatchObject([
      { numbers: ['51900000001', BUSINESS], templates: [], createdAt: null },
      { id: 'conv-1', createdAt: null, templates: ['welcome_es'] },
      { numbers: [], templates: [], createdAt: null },
    ]);
    const own = {
      startedAt: 0,
      answeredAt: null,
      absent: false,
      template: 'welcome_es',
      campaignName: null,
      values: null,
    };
    const tries = [{ ...own, type: 'individual' }] as const;
    const likenesses = page.records.map((one) =>
      likeness('51900000001', tries[0], { ...one, at: one.createdAt, persons: one.numbers }),
    );
    expect([likenesses[0], likenesses[2]]).toEqual(['possible', 'possible']);
    expect(JSON.stringify(page.records)).not.toContain('secret-workspace');
  });

  it('that cannot be reached fails in a way that may pass', async () => {
    const sandbox = await runningSandbox();
    const list = sends(sandbox.url.replace(/\d+$/u, '1'));
    expect(await list.read(null, never)).toMatchObject({
      passing: true,
      problem: { code: 'list.unreachable' },
    });
  });

  it('that is stopped fails in a way that may pass', async () => {
    const { url } = await runningSandbox();
    const stop = new AbortController();
    stop.abort();
    expect(await sends(url).read(null, stop.signal)).toMatchObject({ passing: true });
  });

  it('that answers in another shape fails for good', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"success":true,"data":{"data":[]}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await sends(url).read(null, never)).toMatchObject({ kind: 'failed', passing: false });
  });

  it('that cannot even be asked fails for good', async () => {
    expect(await sends('ftp://example.com').read(null, never)).toMatchObject({
      kind: 'failed',
      passing: false,
    });
  });

  it('settles what a server took without an answer, and proves what it never got', async () => {
    const { url } = await runningSandbox({
      listPageSize: 3,
      listEmptyPages: 0.3,
      clockOffsetMs: 90 * MINUTE,
    });
    const made = world();
    await sendTo(url, '51922222222');
    // The list has whole seconds: what was sent just now is surely older than what follows.
    const now = Date.now() + 3_000;
    noteClock(made.db, 0, { at: now, bootId: 'boot-1', monotonicMs: now, providerOffsetMs: 90 * MINUTE });
    const body = classicBody.variablesBody;
    const phones = Array.from({ length: 12 }, (_, index) => `5190000${String(index).padStart(4, '0')}`);
    const ids = phones.map((phone, index) =>
      made.plant(phone, now, { status: index % 3 === 0 ? 'accepted' : 'uncertain', body }),
    );
    const control = made.plant('51911111111', now + MINUTE + 1_000, { body });
    for (const [index, phone] of phones.entries()) if (index % 3 !== 2) await sendTo(url, phone);
    await sendTo(url, '51911111111');
    made.clock.at = now + 17 * MINUTE;
    const report = await made.settle({ resend: 'yes' }, sends(url));
    expect(report).toMatchObject({
      uncertain: 8,
      accepted: 4,
      requeued: 4,
      left: 0,
      scan: { complete: true },
    });
    expect(ids.map((id) => made.statusOf(id).status)).toEqual(
      phones.map((_, index) => (index % 3 === 2 ? 'pending' : 'accepted')),
    );
    expect(made.statusOf(control).confirmation).toBe('listed');
  });
});
