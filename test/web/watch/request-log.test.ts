import { expect, test } from 'vitest';
import { cliPlace } from '../../support/run-cli.js';
import { sendingPlace } from '../../support/sending-place.js';
import { cookieIn, servedPage } from '../support/served.js';

type Line = Readonly<Record<string, unknown>>;

function linesIn(text: string): readonly Line[] {
  const lines = text.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

const LOGGED = ['--log-file', 'serve.log', '--log-level', 'debug', '--log-format', 'json'];

test('each request is a line with its name, pattern and status, and the answer carries the name', async () => {
  const place = cliPlace();
  const page = await servedPage(place, LOGGED);
  const { headers } = await page.get('/campaigns/secret-campaign?phone=51910000001');
  const id = headers['x-request-id'];
  expect(id).toMatch(/^[\w-]{12}$/u);
  await expect
    .poll(() => linesIn(place.read('serve.log')).find((one) => one['request_id'] === id))
    .toMatchObject({
      event: 'request',
      method: 'GET',
      route: '/campaigns/:campaign',
      status: 404,
      level: 'info',
    });
});

test('a name that comes along is not believed, and every request has one of its own', async () => {
  const page = await servedPage(cliPlace());
  const asked = { headers: { 'x-request-id': 'made-up' } };
  const answers = await Promise.all([
    page.ask('/healthz', asked),
    page.ask('/healthz', asked),
    page.ask('/none'),
  ]);
  const refused = await page.ask('/', { headers: { host: 'evil.example' } });
  const ids = [...answers, refused].map(({ headers }) => headers['x-request-id']);
  expect(new Set(ids).size).toBe(4);
  expect(ids).not.toContain('made-up');
});

test('pages are said at debug, forms and refusals at info', async () => {
  const place = cliPlace();
  const page = await servedPage(place, LOGGED);
  await page.get('/workspace');
  await page.post('/workspace/address', {});
  await page.ask('/workspace');
  await expect
    .poll(() =>
      linesIn(place.read('serve.log')).map(({ level, method, route, status }) => [
        level,
        method,
        route,
        status,
      ]),
    )
    .toEqual(
      expect.arrayContaining([
        ['debug', 'GET', '/enter', 200],
        ['debug', 'GET', '/workspace', 200],
        ['info', 'POST', '/workspace/address', 200],
        ['info', 'GET', '/workspace', 401],
      ]),
    );
});

test('no line holds what was typed, a token, a cookie, a phone or a query', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place, LOGGED);
  const token = await page.formToken();
  await page.post('/workspace/no-contact/add', { phones: '+51910000077', note: 'typed-in-a-form' });
  await page.get('/no-such-place/51910000078?code=in-the-query');
  const entered = await page.ask('/enter?token=some-token-of-mine');
  expect(() => cookieIn(entered)).toThrow();
  await expect.poll(() => place.read('serve.log')).toContain('"route":"none"');
  await page.stop();
  const log = place.read('serve.log');
  for (const secret of [
    token,
    page.cookie,
    '5191000007',
    'typed-in',
    'in-the-query',
    'some-token',
    'no-such',
  ])
    expect(log).not.toContain(secret);
  for (const line of linesIn(log).filter((one) => one['event'] === 'request'))
    expect(Object.keys(line).toSorted()).toEqual([
      'duration_ms',
      'event',
      'level',
      'method',
      'msg',
      'pid',
      'request_id',
      'route',
      'status',
      'time',
    ]);
});
