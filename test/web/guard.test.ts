import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { SCREENS } from '../../src/web/screens/index.js';
import { cliPlace } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { encoded, type PageAnswer, type Served, servedPage } from './support/served.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

function requireHeaders({ headers }: Pick<PageAnswer, 'headers'>): void {
  expect(headers).toMatchObject({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  });
}

/** A form with everything that it needs, but for what `headers` replace. */
async function sent(
  page: Served,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<PageAnswer> {
  const { 'form-type': type = 'application/x-www-form-urlencoded', ...more } = headers;
  return page.ask('/workspace/address', {
    method: 'POST',
    headers: { cookie: page.cookie, 'content-type': type, ...more },
    body: body ?? encoded({ form_token: await page.formToken() }),
  });
}

test('every answer carries the security headers: pages, refusals, assets, errors', async () => {
  const page = await servedPage(cliPlace());
  for (const path of [
    '/',
    '/assets/page.css',
    '/assets/page.js',
    '/nothing-here',
    '/healthz',
    '/campaigns/none',
  ])
    requireHeaders(await page.get(path));
  requireHeaders(await page.ask('/'));
  requireHeaders(await page.ask('/', { headers: { host: 'evil.example' } }));
  requireHeaders(await page.ask('/', { method: 'DELETE', headers: { cookie: page.cookie } }));
});

test('a probe is answered without a login, and tells nothing', async () => {
  const page = await servedPage(cliPlace());
  expect(await page.ask('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
});

test.each(['/', '/workspace', '/campaigns/x', '/assets/page.js', '/home/now', '/nothing'])(
  '%s asks for a login where there is none',
  async (path) => {
    const page = await servedPage(cliPlace());
    const { status, text } = await page.ask(path);
    expect(status).toBe(401);
    expect(text).toContain('Open the address that the terminal printed');
    expect((await page.ask(path, { headers: { cookie: `${page.cookie}x` } })).status).toBe(401);
  },
);

test.each([
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  'localhost:PORT.evil.example',
  '127.0.0.1.nip.io:PORT',
  '0.0.0.0:PORT',
  '[::1]:PORT',
  '2130706433:PORT',
])('a name that was turned to this machine is refused: %s', async (host) => {
  const page = await servedPage(cliPlace());
  const headers = { host: host.replace('PORT', String(page.port)), cookie: page.cookie };
  for (const path of ['/', '/healthz', '/enter', '/assets/page.js', '/campaigns/x/live/now', '/nothing'])
    expect([path, (await page.ask(path, { headers })).status]).toEqual([path, 421]);
  const form = { method: 'POST', headers, body: 'form_token=x' } as const;
  expect((await page.ask('/workspace/address', form)).status).toBe(421);
});

test('localhost is another word for this machine', async () => {
  const page = await servedPage(cliPlace());
  expect((await page.get('/', { host: `localhost:${page.port}` })).status).toBe(200);
});

test('a form of this page is taken, with an origin or with the word of a browser that tells none', async () => {
  const page = await servedPage(cliPlace());
  expect((await sent(page, { origin: page.url })).status).toBe(200);
  expect((await sent(page, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['null', { origin: 'null' }],
  ['null, from where a browser says it is the same', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['another name of this machine', { origin: 'http://localhost:PORT' }],
  ['https', { origin: 'https://127.0.0.1:PORT' }],
  ['absent, and nothing else is told', {}],
  ['absent, from another site', { 'sec-fetch-site': 'cross-site' }],
  ['absent, from another port', { 'sec-fetch-site': 'same-site' }],
  ['absent, typed', { 'sec-fetch-site': 'none' }],
  [
    'right, and the browser says otherwise',
    { origin: 'http://127.0.0.1:PORT', 'sec-fetch-site': 'cross-site' },
  ],
])('a form is refused whose origin is %s', async (_, headers) => {
  const page = await servedPage(cliPlace());
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(page.port))]),
  );
  expect((await sent(page, filled)).status).toBe(403);
});

test.each([
  ['none', ''],
  ['a wrong one', encoded({ form_token: 'AAAA' })],
  ['an empty one', encoded({ form_token: '' })],
])('a form is refused whose token is %s', async (_, body) => {
  const page = await servedPage(cliPlace());
  const { status, text } = await page.ask('/workspace/address', {
    method: 'POST',
    headers: {
      cookie: page.cookie,
      origin: page.url,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body,
  });
  expect(status).toBe(403);
  expect(text).not.toContain('/enter?token=');
});

test('every form of every screen is refused from elsewhere and without its token, however it is packed', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const forms = SCREENS.flatMap(({ routes }) => routes).filter(({ method }) => method === 'POST');
  const paths = [...forms.map(({ path }) => path), '/logout'];
  expect(paths.length).toBeGreaterThan(20);
  const packed = new FormData();
  packed.append('form_token', 'AAAA');
  const form_token = await page.formToken();
  const text = { 'content-type': 'text/plain' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const own = { cookie: page.cookie, origin: page.url };
  const tries = [
    ['no origin', { cookie: page.cookie, ...form }, encoded({ form_token }), 403],
    ['another origin', { ...own, origin: 'https://evil.example', ...form }, encoded({ form_token }), 403],
    ['no token', { ...own, ...form }, encoded({ name: 'x' }), 403],
    ['a wrong token in parts', own, packed, 403],
    ['text', { ...own, ...text }, encoded({ form_token }), 400],
    ['JSON', { ...own, 'content-type': 'application/json' }, JSON.stringify({ form_token }), 400],
    ['no session', { origin: page.url, ...form }, encoded({ form_token }), 401],
  ] as const;
  const before = place.read('sale/campaign.yaml');
  for (const path of paths)
    for (const [what, headers, body, status] of tries) {
      const address = path.replace(':campaign', 'sale').replaceAll(/:\w+/gu, 'x');
      const answer = await page.ask(address, { method: 'POST', headers, body });
      // Nothing of a form to log out was read where it is none of its session.
      const expected = path === '/logout' && status === 400 ? 403 : status;
      expect([path, what, answer.status]).toEqual([path, what, expected]);
    }
  expect(place.read('sale/campaign.yaml')).toBe(before);
  expect((await page.get('/workspace')).status).toBe(200);
});

test('a token opens the page once; whoever comes after is told so', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  const { pathname, search } = new URL(page.address);
  const again = await page.ask(pathname + search);
  expect(again.status).toBe(401);
  expect(again.headers['set-cookie']).toBeUndefined();
  expect(again.text).toContain('was used already');
  expect((await page.ask('/enter?token=')).status).toBe(401);
  expect((await page.ask('/enter')).status).toBe(401);
});

test('a look ahead, as mail programs take it, uses up no token', async () => {
  const place = cliPlace();
  const run = place.begin(['serve', '--port', '0', '--no-open']);
  await expect.poll(() => run.said()).toContain('/enter?token=');
  const [address = ''] = /http:\S+/u.exec(run.said()) ?? [];
  const { request } = await import('undici');
  const ahead = await request(address, { method: 'HEAD' });
  expect(ahead.headers['set-cookie']).toBeUndefined();
  expect((await request(address)).headers['set-cookie']).toMatch(/HttpOnly; SameSite=Strict$/u);
});

test('the cookie is for this server alone: another one, one port or one start away, does not take it', async () => {
  const [one, other] = [await servedPage(cliPlace()), await servedPage(cliPlace())];
  expect(one.cookie).toMatch(new RegExp(`^plazcast_${one.port}_[0-9a-f]{8}=`, 'u'));
  const [, secret = ''] = one.cookie.split('=');
  const name = other.cookie.split('=')[0] ?? '';
  expect((await other.ask('/', { headers: { cookie: one.cookie } })).status).toBe(401);
  expect((await other.ask('/', { headers: { cookie: `${name}=${secret}` } })).status).toBe(401);
});

test.each([
  '/campaigns/..%2f..%2fetc',
  '/campaigns/..%5c..%5cetc',
  '/campaigns/sale%00.yaml',
  '/assets/..%2fprogram.js',
  '/assets/%2e%2e/program.js',
  '/campaigns/%ff',
  '//evil.example/',
])('a path leads nowhere that is not in the page: %s', async (path) => {
  const place = cliPlace();
  place.write('campaign.yaml', 'name: above\ntemplate: x\nrecipients: x.csv\n');
  place.write('campaigns/sale/campaign.yaml', 'name: sale\ntemplate: x\nrecipients: x.csv\n');
  const page = await servedPage(place, []);
  const { status, text } = await page.get(path);
  expect([400, 404]).toContain(status);
  expect(text).not.toContain('above');
});

test.each([
  ['PUT', 405],
  ['DELETE', 405],
] as const)('%s is nothing that the page knows', async (method, status) => {
  const page = await servedPage(cliPlace());
  expect((await page.ask('/', { method, headers: { cookie: page.cookie, origin: page.url } })).status).toBe(
    status,
  );
});

test('headers, addresses and forms without end are cut off', async () => {
  const page = await servedPage(cliPlace());
  const long = 'x'.repeat(20_000);
  expect((await page.get('/', { 'x-long': long })).status).toBe(431);
  expect((await page.get(`/?${'x'.repeat(5_000)}`)).status).toBe(414);
  const form = encoded({ form_token: await page.formToken(), note: 'y'.repeat(1_100_000) });
  const answer = await page.ask('/workspace/address', {
    method: 'POST',
    headers: { cookie: page.cookie, origin: page.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  expect(answer.status).toBe(413);
});

/** Sends bytes as they are. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let said = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      said += piece;
    });
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
}

test('what is no request, or names the host twice, gets an answer with the same headers', async () => {
  const page = await servedPage(cliPlace());
  const host = `127.0.0.1:${page.port}`;
  const nonsense = await raw(page.port, 'HELLO\r\n\r\n');
  expect(nonsense).toMatch(/^HTTP\/1\.1 400 /u);
  expect(nonsense).toContain("frame-ancestors 'none'");
  const twice = await raw(page.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`);
  expect(twice).toMatch(/^HTTP\/1\.1 4(?:00|21) /u);
  const whole = await raw(page.port, `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  expect(whole).toMatch(/^HTTP\/1\.1 400 /u);
  const none = await raw(page.port, 'GET / HTTP/1.0\r\n\r\n');
  expect(none).toMatch(/^HTTP\/1\.1 421 /u);
});
