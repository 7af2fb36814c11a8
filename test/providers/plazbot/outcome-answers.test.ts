import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/core/outcome.js';
import { answering, delivery, type GivenAnswer, SENT, senderTo } from './local-servers.js';

/** What a fresh sender makes of the first answer of a real server. */
async function outcomeOf(answer: GivenAnswer): Promise<Outcome> {
  return senderTo((await answering(answer)).url).send(delivery());
}

function inShape(status: number, message = 'No.', headers = {}): GivenAnswer {
  const body = JSON.stringify({ success: false, code: status, errorCode: 'SOMETHING', message });
  return { status, body, headers };
}

function problemDocument(status: number, detail = 'No.'): GivenAnswer {
  return { status, body: JSON.stringify({ type: 'about:blank', title: 'Bad', status, detail }) };
}

function html(status: number): GivenAnswer {
  return { status, body: '<html><h1>Sorry</h1></html>', headers: { 'content-type': 'text/html' } };
}

function withCode(code: number, status: number): GivenAnswer {
  return inShape(status, `(#${code}) said WhatsApp`);
}

describe('a success is accepted', () => {
  test('with its contact', async () => {
    expect(await outcomeOf(SENT)).toEqual({
      kind: 'accepted',
      contactId: 'c-1',
      answer: { httpStatus: 200, errorCode: null, errorMessage: null },
    });
  });

  test('with its contact, also where that is a number', async () => {
    const body = '{"success":true,"data":{"contactId":7}}';
    expect(await outcomeOf({ status: 200, body })).toMatchObject({ kind: 'accepted', contactId: '7' });
  });

  test.each<[string, GivenAnswer]>([
    ['without a contact', { status: 200, body: '{"success":true}' }],
    ['with a contact that is neither', { status: 200, body: '{"success":true,"data":{"contactId":[7]}}' }],
    ['with data that is null', { status: 200, body: '{"success":true,"data":null}' }],
    ['with 201', { status: 201, body: '{"success":true}' }],
    ['with another media type', { ...SENT, headers: { 'content-type': 'text/plain' } }],
  ])('%s', async (_what, answer) => {
    expect(await outcomeOf(answer)).toMatchObject({ kind: 'accepted' });
  });
});

describe('2xx with anything else is uncertain:', () => {
  test.each<[string, GivenAnswer]>([
    ['success: false without a code that is known', inShape(200)],
    ['success: false with a code that nobody knows', withCode(999_999, 200)],
    ['success as a text', { status: 200, body: '{"success":"true"}' }],
    ['another object', { status: 200, body: '{"ok":true}' }],
    ['a list', { status: 200, body: '[{"success":true}]' }],
    ['null', { status: 200, body: 'null' }],
    ['no JSON', html(200)],
    ['half a JSON', { status: 200, body: '{"success":true,' }],
    ['nothing', { status: 200, body: '' }],
    ['204', { status: 204 }],
    ['202 without a body', { status: 202 }],
  ])('%s', async (_what, answer) => {
    expect(await outcomeOf(answer)).toMatchObject({ kind: 'uncertain', reason: 'unclear-answer' });
  });
});

describe('a redirect', () => {
  test.each([300, 301, 302, 304, 305, 307, 308])('%i is not followed and halts', async (status) => {
    const goal = await answering(SENT);
    const { url, requests } = await answering({ status, headers: { location: `${goal.url}/api/elsewhere` } });
    expect(await senderTo(url).send(delivery())).toMatchObject({
      kind: 'not-sent',
      onWire: true,
      halt: { code: 'halt.configuration', params: { status } },
    });
    expect([requests.length, goal.requests.length]).toEqual([1, 0]);
  });

  test('303 says that the request was executed, so it is uncertain, and not followed', async () => {
    const goal = await answering(SENT);
    const answer = { status: 303, headers: { location: `${goal.url}/api/result` } };
    expect(await outcomeOf(answer)).toMatchObject({ kind: 'uncertain', reason: 'unclear-answer' });
    expect(goal.requests).toHaveLength(0);
  });
});

describe('a success under a status that denies it is uncertain:', () => {
  test.each([301, 400, 401, 402, 403, 404, 405, 413, 422, 429, 500, 503])('%i', async (status) => {
    const body = '{"success":true,"message":"(#131026)","data":{"contactId":"c-9"}}';
    expect(await outcomeOf({ status, body })).toMatchObject({
      kind: 'uncertain',
      reason: 'unclear-answer',
      answer: { httpStatus: status },
    });
  });
});

describe('a request that the provider repeats in its answer', () => {
  const request = {
    template: 'sale_es',
    variablesBody: [
      { variable: '1', value: 'pedido (#2)' },
      { variable: '2', value: '(#131000)' },
    ],
  };

  test.each<[string, object]>([
    ['beside its message', { request, requestBody: JSON.stringify(request) }],
    ['as its data', { data: request }],
    ['as its message', { message: `Error with ${JSON.stringify(request)}` }],
    ['in the words of its message', { message: 'Cannot send "pedido (#2)"' }],
  ])('%s is not searched for WhatsApp codes', async (_where, echo) => {
    const body = JSON.stringify({ success: false, code: 500, message: 'Failed.', ...echo });
    expect(await outcomeOf({ status: 500, body })).toMatchObject({ kind: 'uncertain' });
    expect(await outcomeOf({ status: 200, body })).toMatchObject({ kind: 'uncertain' });
    expect(await outcomeOf({ status: 400, body })).toMatchObject({ kind: 'refused', reason: 'refused' });
  });
});

describe('4xx that names a wrong request', () => {
  const statuses = [400, 404, 405, 413, 414, 415, 422];

  test.each(statuses)('%i is refused in the provider’s JSON', async (status) => {
    expect(await outcomeOf(inShape(status))).toEqual({
      kind: 'refused',
      reason: 'refused',
      answer: { httpStatus: status, errorCode: 'SOMETHING', errorMessage: 'No.' },
    });
  });

  test.each(statuses)('%i is refused as a problem document', async (status) => {
    expect(await outcomeOf(problemDocument(status))).toMatchObject({
      kind: 'refused',
      answer: { errorCode: String(status) },
    });
  });

  test.each([400, 413, 414, 415, 422])('%i is uncertain without the provider’s JSON', async (status) => {
    expect(await outcomeOf(html(status))).toMatchObject({ kind: 'uncertain', reason: 'unclear-answer' });
  });
});

describe.each([404, 405])('%i without the provider’s JSON', (status) => {
  test('before any answer in its shape means the wrong path: not sent, halt', async () => {
    const { url } = await answering(html(status));
    expect(await senderTo(`${url}/plazbot`).send(delivery())).toMatchObject({
      kind: 'not-sent',
      onWire: true,
      halt: { code: 'halt.wrong-path', params: { status, url: `${url}/plazbot/api/message/conversation` } },
    });
  });

  test.each<[string, GivenAnswer]>([
    ['a success', SENT],
    ['a refusal', inShape(400)],
    ['a problem document', problemDocument(500)],
  ])('after %s in the provider’s shape is uncertain', async (_what, first) => {
    const sender = senderTo((await answering(first, html(status))).url);
    await sender.send(delivery());
    expect(await sender.send(delivery())).toMatchObject({ kind: 'uncertain' });
  });

  test('after an answer in another shape still means the wrong path', async () => {
    const sender = senderTo((await answering(html(502), html(status))).url);
    expect(await sender.send(delivery())).toMatchObject({ kind: 'uncertain' });
    expect(await sender.send(delivery())).toMatchObject({ kind: 'not-sent' });
  });
});

describe('an account that is refused halts, nothing was executed:', () => {
  test.each([
    [401, 'halt.credentials'],
    [402, 'halt.account'],
    [403, 'halt.credentials'],
  ])('%i in the provider’s JSON, and of somebody else: %s', async (status, code) => {
    expect(await outcomeOf(inShape(status, 'No access.'))).toMatchObject({
      kind: 'not-sent',
      onWire: true,
      halt: { code, params: { detail: 'No access.' } },
    });
    expect(await outcomeOf(html(status))).toMatchObject({ kind: 'not-sent', halt: { code } });
  });

  test.each(['', '{}', '[ ]', 'null', '""'])('401 with nothing but "%s" says the status', async (body) => {
    expect(await outcomeOf({ status: 401, body })).toMatchObject({
      halt: { params: { detail: 'HTTP 401' } },
    });
  });

  test('401 says what else came', async () => {
    expect(await outcomeOf({ status: 401, body: 'нет' })).toMatchObject({
      halt: { params: { detail: 'нет' } },
    });
  });

  test.each([401, 403])('%i whatever WhatsApp code stands in it', async (status) => {
    expect(await outcomeOf(withCode(131_026, status))).toMatchObject({
      kind: 'not-sent',
      halt: { code: 'halt.credentials' },
    });
  });
});

describe('429', () => {
  test.each<[string, Record<string, string>, number | null]>([
    ['without Retry-After', {}, null],
    ['with seconds', { 'retry-after': '7' }, 7_000],
    ['with its name in capitals, after others as long', { 'X-Served-By': 'a1', 'RETRY-AFTER': '7' }, 7_000],
    [
      'with a date, by the server’s own clock',
      { 'retry-after': 'Sat, 21 Nov 2026 10:00:09 GMT', date: 'Sat, 21 Nov 2026 10:00:00 GMT' },
      9_000,
    ],
    ['with a Retry-After that cannot be read', { 'retry-after': 'soon' }, null],
  ])('%s is deferred for everyone and counts as throttling', async (_what, headers, retryAfterMs) => {
    for (const answer of [inShape(429, 'Slow down.', headers), { ...html(429), headers }]) {
      expect(await outcomeOf(answer)).toMatchObject({
        kind: 'deferred',
        scope: 'everyone',
        throttled: true,
        retryAfterMs,
      });
    }
  });
});

describe('what may have been executed is uncertain:', () => {
  test.each([408, 409, 425, 406, 410, 418, 451, 499, 500, 501, 502, 503, 504, 599])(
    '%i, with and without the provider’s JSON',
    async (status) => {
      for (const answer of [inShape(status), problemDocument(status), html(status), { status }]) {
        expect(await outcomeOf(answer)).toMatchObject({ kind: 'uncertain', answer: { httpStatus: status } });
      }
    },
  );
});

describe('a known WhatsApp code in the provider’s JSON decides,', () => {
  const statuses = [200, 302, 303, 400, 402, 404, 408, 409, 422, 429, 500, 503];

  test.each(statuses)('with HTTP %i', async (status) => {
    const answers = [131_026, 131_056, 130_429, 132_001, 190].map((code) =>
      outcomeOf(withCode(code, status)),
    );
    expect(await Promise.all(answers)).toMatchObject([
      { kind: 'refused', reason: 'not-on-whatsapp', answer: { errorCode: '131026' } },
      { kind: 'deferred', scope: 'person', throttled: true },
      { kind: 'deferred', scope: 'everyone', throttled: true },
      { kind: 'not-sent', onWire: true, halt: { code: 'halt.template', params: { template: 'welcome_es' } } },
      { kind: 'not-sent', onWire: true, halt: { code: 'halt.account' } },
    ]);
  });

  test.each([200, 302, 400, 404, 408, 422, 429])('with HTTP %i, a transient one defers', async (status) => {
    expect(await outcomeOf(withCode(131_016, status))).toMatchObject({
      kind: 'deferred',
      scope: 'everyone',
      throttled: false,
    });
  });

  test.each([500, 502, 503, 504])(
    'with HTTP %i, a transient one is uncertain: the provider may have executed',
    async (status) => {
      expect(await outcomeOf(withCode(131_016, status))).toMatchObject({
        kind: 'uncertain',
        answer: { errorCode: '131016' },
      });
    },
  );

  test.each([131_026, 131_056, 130_429])(
    'but not where the provider failed itself and %i stands within its text: it may repeat what it executed',
    async (code) => {
      const answer = inShape(500, `Error after sending: order (#${code})`);
      expect(await outcomeOf(answer)).toMatchObject({ kind: 'uncertain' });
    },
  );

  test('as a field of Meta’s error inside a text inside a problem document', async () => {
    const detail = JSON.stringify({
      error: { message: 'undeliverable', type: 'OAuthException', code: 131_026 },
    });
    expect(await outcomeOf(problemDocument(400, detail))).toMatchObject({
      kind: 'refused',
      reason: 'not-on-whatsapp',
    });
  });

  test('with the wait that Retry-After asks for', async () => {
    const answer = { ...withCode(130_429, 400), headers: { 'retry-after': '3' } };
    expect(await outcomeOf(answer)).toMatchObject({ kind: 'deferred', retryAfterMs: 3_000 });
  });

  test('but not in a page that is not the provider’s', async () => {
    expect(await outcomeOf({ status: 500, body: '<p>(#131026)</p>' })).toMatchObject({ kind: 'uncertain' });
    expect(await outcomeOf({ status: 200, body: '{"error":{"code":131026}}' })).toMatchObject({
      kind: 'uncertain',
    });
  });

  test('and never against a success', async () => {
    const body = '{"success":true,"message":"(#131026)","data":{"contactId":"c-9"}}';
    expect(await outcomeOf({ status: 200, body })).toMatchObject({ kind: 'accepted', contactId: 'c-9' });
  });
});

describe('the texts of an answer', () => {
  test('are one line of at most 300 characters', async () => {
    const outcome = await outcomeOf(inShape(400, `two\r\nlines ${'x'.repeat(900)}`));
    expect(outcome.answer.errorMessage).toMatch(/^two lines x+$/u);
    expect(outcome.answer.errorMessage).toHaveLength(300);
  });

  test.each<[string, object, string | null, string | null]>([
    [
      'the error code before the status',
      { success: false, errorCode: 'E7', code: 400, message: 'm' },
      'E7',
      'm',
    ],
    [
      'the code where there is no error code',
      { success: false, errorCode: null, code: 400, message: 'm' },
      '400',
      'm',
    ],
    [
      'the code of WhatsApp that nobody here knows yet before the provider’s own',
      { success: false, errorCode: 'E7', code: 400, message: '(#131999) new' },
      '131999',
      '(#131999) new',
    ],
    ['the title where nothing else is said', { title: 'Bad', status: 400 }, '400', 'Bad'],
    ['the body where it says nothing', { success: false }, null, '{"success":false}'],
  ])('take %s', async (_what, json, errorCode, errorMessage) => {
    const { answer } = await outcomeOf({ status: 400, body: JSON.stringify(json) });
    expect(answer).toEqual({ httpStatus: 400, errorCode, errorMessage });
  });
});

describe('a credential that the server repeats', () => {
  const workspaceId = '6F1C2B90-aa11-4c7e-9d3e-0123456789ab';
  const apiKey = 'pk_live_"quoted"&secret';
  const echoes = [
    workspaceId,
    workspaceId.toLowerCase(),
    apiKey,
    encodeURIComponent(apiKey),
    JSON.stringify(apiKey),
    `${'x'.repeat(290)}${workspaceId}`,
    `${'x'.repeat(280)}${apiKey}`,
  ];

  test.each(echoes.flatMap((text) => [400, 401, 500].map((status) => [status, text] as const)))(
    'is in no text of the outcome: %i %s',
    async (status, text) => {
      const body = JSON.stringify({ success: false, code: status, errorCode: text, message: text });
      for (const answer of [
        { status, body },
        { status, body: text },
      ]) {
        const sender = senderTo((await answering(answer)).url, { workspaceId, apiKey });
        const outcome = JSON.stringify(await sender.send(delivery())).toLowerCase();
        for (const piece of ['6f1c2b9', '23456789ab', 'pk_live', 'quoted', 'secret'])
          expect(outcome).not.toContain(piece);
      }
    },
  );

  test('is not in the contact of a success', async () => {
    const body = JSON.stringify({ success: true, data: { contactId: `c-${apiKey}` } });
    const sender = senderTo((await answering({ status: 200, body })).url, { workspaceId, apiKey });
    expect(JSON.stringify(await sender.send(delivery()))).not.toContain('pk_live');
  });
});
