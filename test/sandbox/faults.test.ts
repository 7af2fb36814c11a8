import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { FAULT_BY_LAST_DIGITS } from '../../src/sandbox/faults/by-number.js';
import { createFaultChooser } from '../../src/sandbox/faults/chooser.js';
import { faultNames, faultRule, parseFault } from '../../src/sandbox/faults/rules.js';
import { countExecutions, executionsByPhone, requestsLog } from './read-log.js';
import { classicBody, post, runningSandbox, sendTo } from './running-sandbox.js';

/** Error code beneath a failed fetch. */
async function failureOf(sending: Promise<Response>): Promise<string> {
  try {
    await (await sending).text();
    return 'none';
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error);
  }
}

describe('a fault of the connection', () => {
  test.each([
    ['reset-on-connect', 'ECONNRESET', 0],
    ['reset-on-headers', 'ECONNRESET', 0],
    ['close-on-headers', 'UND_ERR_SOCKET', 0],
    ['reset-before', 'ECONNRESET', 0],
    ['reset-after', 'ECONNRESET', 1],
    ['close-before', 'UND_ERR_SOCKET', 0],
    ['close-after', 'UND_ERR_SOCKET', 1],
    ['truncated-before', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 0],
    ['truncated-after', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 1],
  ])('%s: the client sees %s, executed %i times', async (name, code, executed) => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule(name)] });
    expect(await failureOf(post(url, classicBody))).toBe(code);
    expect(countExecutions(dbFile)).toBe(executed);
  });

  test.each([
    ['silent-before', 0],
    ['silent-after', 1],
  ])('%s: no answer comes, executed %i times', async (name, executed) => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule(name)] });
    const given = new AbortController();
    const sending = post(url, classicBody, { signal: given.signal });
    const outcome = expect(sending).rejects.toThrow();
    await expect.poll(() => requestsLog(dbFile).length).toBe(1);
    expect(countExecutions(dbFile)).toBe(executed);
    given.abort();
    await outcome;
    expect(countExecutions(dbFile)).toBe(executed);
  });

  test('late: executed only once the client has given up', async () => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule('late')] });
    const given = new AbortController();
    const outcome = expect(post(url, classicBody, { signal: given.signal })).rejects.toThrow();
    await expect.poll(() => requestsLog(dbFile).length).toBe(1);
    expect(countExecutions(dbFile)).toBe(0);
    given.abort();
    await outcome;
    await expect.poll(() => countExecutions(dbFile)).toBe(1);
  });

  test('a request whose client leaves in the middle executes nothing', async () => {
    const { port, dbFile } = await runningSandbox();
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = 'POST /api/message/conversation HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n';
    await new Promise((resolve) => socket.write(`${head}{"workspaceId"`, resolve));
    socket.end();
    await expect.poll(() => requestsLog(dbFile)).toMatchObject([{ method: 'POST', status: null }]);
    expect(countExecutions(dbFile)).toBe(0);
  });
});

describe('an answer on request', () => {
  test.each([
    ['http-400', 400, /"success":false/u, 0],
    ['http-400-problem', 400, /"title"/u, 0],
    ['http-404', 404, /"success":false/u, 0],
    ['http-404-plain', 404, /^404$/u, 0],
    ['http-405', 405, /"success":false/u, 0],
    ['http-413', 413, /"success":false/u, 0],
    ['http-422', 422, /"success":false/u, 0],
    ['http-401', 401, /"success":false/u, 0],
    ['http-402', 402, /"success":false/u, 0],
    ['http-403', 403, /"success":false/u, 0],
    ['http-408', 408, /"success":false/u, 0],
    ['http-409-after', 409, /"success":false/u, 1],
    ['http-425', 425, /"success":false/u, 0],
    ['http-302', 302, /^$/u, 0],
    ['http-500', 500, /<h1>500/u, 0],
    ['http-500-after', 500, /<h1>500/u, 1],
    ['http-503-after', 503, /<h1>503/u, 1],
    ['garbage-after', 200, /^\0/u, 1],
    ['empty-after', 200, /^$/u, 1],
    ['html-before', 200, /^<!doctype html>/u, 0],
    ['false-before', 200, /^\{"success":false,"message"/u, 0],
    ['false-after', 200, /^\{"success":false,"message"/u, 1],
    ['code-131026', 200, /\(#131026\)/u, 0],
    ['code-131056-400', 400, /\\"code\\":131056/u, 0],
    ['code-999999', 200, /\(#999999\)/u, 0],
  ])('%s: status %i, body %s, executed %i times', async (name, status, body, executed) => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule(name)] });
    const response = await post(url, classicBody);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
    expect(countExecutions(dbFile)).toBe(executed);
    expect(requestsLog(dbFile)).toMatchObject([{ status, fault: name }]);
  });

  test.each([
    ['http-429', '1'],
    ['http-429-date', expect.stringMatching(/ GMT$/u)],
    ['http-429-bare', null],
  ])('%s: Retry-After is %s', async (name, wait) => {
    const { url } = await runningSandbox({ faults: [faultRule(name)] });
    const response = await post(url, classicBody);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toEqual(wait);
  });
});

describe('a rule', () => {
  test('can speak of some destinations, of a template, of the nth request, of the first times', async () => {
    const faults = [
      faultRule('http-400', { destination: /7$/u }),
      faultRule('http-404', { template: 'other' }),
      faultRule('http-409', { firstTimes: 1, destination: /8$/u }),
      faultRule('http-422', { nth: 2 }),
    ];
    const { url } = await runningSandbox({ faults });
    const statuses = [];
    for (const last of ['7', '8', '8', '9', '9']) {
      statuses.push((await sendTo(url, `5190000000${last}`))?.status);
    }
    statuses.push((await post(url, { ...classicBody, template: 'other' })).status);
    expect(statuses).toEqual([400, 409, 200, 422, 200, 404]);
  });

  test('with a probability strikes about that share, the same people whatever the order', () => {
    const phones = Array.from({ length: 4_000 }, (_, index) => String(51_900_000_000 + index));
    const rule = faultRule('mixed', { probability: 0.25 });
    const struck = (order: readonly string[]) => {
      const choose = createFaultChooser([rule], 7);
      return new Map(
        order.map((destination) => [
          destination,
          choose({ phase: 'send', destination, template: 't' })?.effect,
        ]),
      );
    };
    const forward = struck(phones);
    const backward = struck(phones.toReversed());
    const share = [...forward.values()].filter((effect) => effect !== undefined).length / phones.length;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
    expect(phones.every((phone) => forward.get(phone) === backward.get(phone))).toBe(true);
    expect(new Set(forward.values()).size).toBeGreaterThan(15);
  });

  test('by the last four digits does what the table says, and leaves other numbers alone', async () => {
    const { url, dbFile } = await runningSandbox({ faults: [faultRule('by-number')] });
    expect((await sendTo(url, '51900000429'))?.status).toBe(429);
    expect(await (await sendTo(url, '51900001026'))?.text()).toContain('(#131026)');
    expect(await sendTo(url, '51900000002')).toBeNull();
    expect((await sendTo(url, '51900005555'))?.status).toBe(200);
    expect([...executionsByPhone(dbFile).keys()].toSorted()).toEqual(['51900000002', '51900005555']);
  });
});

describe('a fault as a person writes it', () => {
  test.each([
    ['reset-after', undefined],
    ['reset-after:0.25', 0.25],
    ['reset-after:25%', 0.25],
    ['http-418:.5', 0.5],
    ['code-131053-400:1', 1],
  ])('%s is read', (text, probability) => {
    const parsed = parseFault(text);
    expect(parsed).toMatchObject({ ok: true, value: { match: { probability: probability ?? 1 } } });
  });

  test('every name that is offered works', () => {
    expect(faultNames.filter((name) => !parseFault(name).ok)).toEqual([]);
    expect(Object.values(FAULT_BY_LAST_DIGITS).filter((name) => !faultNames.includes(name))).toEqual([]);
  });

  test.each([
    [
      'rest-after',
      'sandbox.fault-unknown',
      { fault: 'rest-after', suggestion: 'reset-after', names: faultNames.join(', ') },
    ],
    [
      'nonsense',
      'sandbox.fault-unknown',
      { fault: 'nonsense', suggestion: 'none', names: faultNames.join(', ') },
    ],
    ['toString', 'sandbox.fault-unreadable', { fault: 'toString' }],
    [
      'constructor',
      'sandbox.fault-unknown',
      { fault: 'constructor', suggestion: 'none', names: faultNames.join(', ') },
    ],
    ['reset-after:', 'sandbox.fault-unreadable', { fault: 'reset-after:' }],
    ['reset-after:0', 'sandbox.fault-probability', { fault: 'reset-after:0' }],
    ['reset-after:120%', 'sandbox.fault-probability', { fault: 'reset-after:120%' }],
  ])('%s is refused with %s', (text, code, params) => {
    expect(parseFault(text)).toEqual({ ok: false, problems: [{ code, params }] });
  });
});
