import { describe, expect, test } from 'vitest';
import { executionsLog, requestsLog } from './read-log.js';
import { classicBody, post, runningSandbox } from './running-sandbox.js';

describe('a classic send', () => {
  test('is answered exactly as documented', async () => {
    const { url } = await runningSandbox();
    const response = await post(url, classicBody);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      success: true,
      message: 'Conversation sent successfully.',
      code: 200,
      data: { contactId: expect.stringMatching(/./u) },
    });
  });

  test('stands in the log of executions when its answer arrives, byte for byte', async () => {
    const { url, dbFile } = await runningSandbox();
    await post(url, classicBody);
    expect(executionsLog(dbFile)).toEqual([
      {
        at: expect.any(Number),
        workspace: 'ws-1',
        api: 'classic',
        template: 'welcome_es',
        destination: '51900000001',
        type: '1',
        campaignName: 'Welcome',
        variables: '{"body":[{"variable":"1","value":"Ana"}],"header":[]}',
        contactId: expect.any(String),
        requestBody: JSON.stringify(classicBody),
      },
    ]);
  });

  test('without a type arrives as Campaign', async () => {
    const { url, dbFile } = await runningSandbox();
    await post(url, { workspaceId: 'ws-1', template: 't', destination: '51900000001' });
    expect(executionsLog(dbFile)[0]?.type).toBe('1');
  });

  test('gives one person the same contact id every time', async () => {
    const { url, dbFile } = await runningSandbox();
    await post(url, classicBody);
    await post(url, classicBody);
    await post(url, { ...classicBody, destination: '51900000002' });
    const [first, second, other] = executionsLog(dbFile).map(({ contactId }) => contactId);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('a current send', () => {
  const { type, ...rest } = classicBody;
  const path = '/api/conversation';

  test.each([[type], [1]])('takes sendType %j and a file', async (sendType) => {
    const { url, dbFile } = await runningSandbox();
    const file = { fileUrl: 'https://example.com/factura.pdf', fileName: 'factura.pdf' };
    const response = await post(url, { ...rest, sendType, file }, { path });
    expect(response.status).toBe(200);
    expect(executionsLog(dbFile)[0]).toMatchObject({ api: 'current', type: '1' });
  });

  test('refuses the field of the classic API', async () => {
    const { url } = await runningSandbox();
    expect((await post(url, classicBody, { path })).status).toBe(400);
  });
});

describe('a send that the real server would not take', () => {
  test.each([
    ['no JSON', '{"workspaceId":'],
    ['no workspace', { ...classicBody, workspaceId: undefined }],
    ['no template', { ...classicBody, template: '' }],
    ['no destination', { ...classicBody, destination: undefined }],
    ['a plus in the destination', { ...classicBody, destination: '+51900000001' }],
    ['a number as destination', { ...classicBody, destination: 51_900_000_001 }],
    ['an unknown type', { ...classicBody, type: '4' }],
    ['a number as type', { ...classicBody, type: 1 }],
    ['the field of the current API', { ...classicBody, sendType: '1' }],
    ['an unknown field', { ...classicBody, language: 'es' }],
    [
      'an unknown field in a variable',
      { ...classicBody, variablesBody: [{ variable: '1', value: 'a', x: 1 }] },
    ],
    ['a number as value', { ...classicBody, variablesBody: [{ variable: '1', value: 7 }] }],
    ['a campaign name with type Individual', { ...classicBody, type: '2' }],
    ['another workspace than in the header', { ...classicBody, workspaceId: 'ws-2' }],
  ])('%s: 400, a problem document, nothing executed', async (_what, body) => {
    const { url, dbFile } = await runningSandbox();
    const response = await post(url, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ title: expect.any(String), status: 400 });
    expect(executionsLog(dbFile)).toEqual([]);
  });

  test('a body that is not declared as JSON gets 415', async () => {
    const { url } = await runningSandbox();
    expect((await post(url, classicBody, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });

  test('a body of more than a megabyte gets 413', async () => {
    const { url } = await runningSandbox();
    expect((await post(url, 'x'.repeat(1_000_001))).status).toBe(413);
  });

  test.each([
    ['empty', ' ', '131008'],
    ['with a line break', 'a\nb', '132018'],
    ['with a tab', 'a\tb', '132018'],
    ['with five spaces in a row', 'a     b', '132018'],
    ['of 1,025 characters', 'x'.repeat(1_025), '132005'],
  ])('a value that is %s is refused by WhatsApp, in both shapes', async (_what, value, code) => {
    const body = { ...classicBody, variablesBody: [{ variable: '1', value }] };
    const passedOn = await runningSandbox();
    const mild = await post(passedOn.url, body);
    expect(mild.status).toBe(200);
    expect(await mild.json()).toMatchObject({
      success: false,
      message: expect.stringContaining(`(#${code})`),
    });
    const asError = await runningSandbox({ refusalStatus: 400 });
    const harsh = await post(asError.url, body);
    expect(harsh.status).toBe(400);
    expect(await harsh.text()).toContain(`"code\\":${code}`);
    expect(executionsLog(passedOn.dbFile)).toEqual([]);
  });

  test('four spaces in a row and 1,024 characters are taken', async () => {
    const { url } = await runningSandbox();
    const value = `a    b${'ñ'.repeat(1_018)}`;
    const response = await post(url, { ...classicBody, variablesBody: [{ variable: '1', value }] });
    expect(await response.json()).toMatchObject({ success: true });
  });

  test('with templates given, unknown ones and wrong numbers of variables are refused', async () => {
    const { url } = await runningSandbox({ templates: [{ name: 'welcome_es', body: 1, header: 0 }] });
    expect(await (await post(url, { ...classicBody, template: 'other' })).text()).toContain('#132001');
    expect(await (await post(url, { ...classicBody, variablesBody: [] })).text()).toContain('#132000');
    expect(await (await post(url, classicBody)).json()).toMatchObject({ success: true });
  });
});

describe('access', () => {
  test('without the workspace header is refused', async () => {
    const { url } = await runningSandbox();
    expect((await post(url, classicBody, { headers: { 'x-workspace-id': '' } })).status).toBe(400);
  });

  test('to another workspace than the known one is refused', async () => {
    const { url } = await runningSandbox({ workspaceId: 'ws-9' });
    expect((await post(url, classicBody)).status).toBe(403);
  });

  test('with a wrong key is refused, and the key is not repeated', async () => {
    const { url, dbFile } = await runningSandbox({ apiKey: 'the-right-key' });
    const wrong = await post(url, classicBody, { headers: { authorization: 'Bearer some-wrong-key' } });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).not.toMatch(/some-wrong-key|the-right-key/u);
    const right = await post(url, classicBody, { headers: { authorization: 'Bearer the-right-key' } });
    expect(right.status).toBe(200);
    expect(JSON.stringify(requestsLog(dbFile))).not.toContain('key');
  });

  test.each([
    ['POST', '/api/mensaje', 404],
    ['PUT', '/api/message/conversation', 405],
  ])('%s %s is answered %i without JSON', async (method, path, status) => {
    const { url } = await runningSandbox();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });
});

test('above the rate, a send is answered 429 with Retry-After and not executed', async () => {
  const { url, dbFile } = await runningSandbox({ ratePerSecond: 3 });
  const answers = [];
  for (let sent = 0; sent < 5; sent += 1) answers.push(await post(url, classicBody));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers[4]?.headers.get('retry-after')).toBe('1');
  expect(executionsLog(dbFile)).toHaveLength(3);
});

test('every request stands in the log with the status it was answered with', async () => {
  const { url, dbFile } = await runningSandbox();
  await post(url, classicBody);
  await post(url, { ...classicBody, type: '9' });
  await fetch(`${url}/nowhere?x=1`);
  expect(requestsLog(dbFile)).toMatchObject([
    {
      method: 'POST',
      path: '/api/message/conversation',
      destination: '51900000001',
      status: 200,
      fault: null,
    },
    { method: 'POST', path: '/api/message/conversation', destination: null, status: 400, fault: null },
    { method: 'GET', path: '/nowhere', destination: null, status: 404, fault: null },
  ]);
});

test('a sandbox is not reachable from other machines', async () => {
  await expect(runningSandbox({ host: '0.0.0.0' })).rejects.toMatchObject({
    problem: { code: 'sandbox.host-not-loopback', params: { host: '0.0.0.0' } },
  });
});

test('a port that is taken is named', async () => {
  const { port } = await runningSandbox();
  await expect(runningSandbox({ port })).rejects.toMatchObject({
    problem: { code: 'sandbox.port-taken', params: { port: String(port) } },
  });
});

test('a log that cannot be opened is named', async () => {
  await expect(runningSandbox({ dbFile: '/nonexistent/folder/x.db' })).rejects.toMatchObject({
    problem: { code: 'sandbox.log-unusable' },
  });
});

test('workspace and templates are shown', async () => {
  const { url } = await runningSandbox();
  await post(url, classicBody);
  const headers = { 'x-workspace-id': 'ws-1' };
  expect(await (await fetch(`${url}/api/workspace/ws-1`, { headers })).json()).toMatchObject({
    success: true,
    data: { id: 'ws-1', timezone: 'America/Lima' },
  });
  expect((await fetch(`${url}/api/workspace/ws-2`, { headers })).status).toBe(404);
  expect(
    await (await fetch(`${url}/api/template/actives?workspaceId=ws-1`, { headers })).json(),
  ).toMatchObject({
    data: [
      { elementName: 'bienvenida_es', components: [{ type: 'HEADER' }, { type: 'BODY' }, {}, {}] },
      { elementName: 'recordatorio_cita_es' },
      { elementName: 'recordatorio_pago_es' },
      { name: 'welcome_es', status: 'APPROVED' },
    ],
  });
});
