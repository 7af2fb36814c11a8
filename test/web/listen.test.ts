import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Agent, request } from 'undici';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { clientAddress } from '../../src/web/http/client-address.js';
import { frontOf } from '../../src/web/http/reach.js';
import { type CliPlace, cliPlace } from '../support/run-cli.js';
import { HAS_OPENSSL, madeCertificate } from './support/certificate.js';
import { encoded, type PageAnswer } from './support/served.js';
import { cookieOf, PASSWORD, withUsers } from './support/team.js';

const TLS = ['--tls-cert', 'server.pem', '--tls-key', 'server.key'];
const PUBLIC = 'https://campaigns.example';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function teamPlace(): Promise<CliPlace> {
  const place = cliPlace();
  await withUsers(place, { ana: ['admin'], eva: ['viewer'], luis: ['viewer'], pia: ['viewer'] });
  return place;
}

/** Starts `serve` for others; `told`: what stands before the port that it listens at. */
async function listening(place: CliPlace, args: readonly string[], told: RegExp, ca?: string) {
  const run = place.begin(['serve', '--campaigns', '.', ...args], {
    PLAZCAST_METRICS_TOKEN: 'metrics-token',
  });
  const port = await vi.waitFor(
    () => {
      const [, found] = told.exec(run.said()) ?? [];
      if (found === undefined) throw new Error(run.said());
      return Number(found);
    },
    { timeout: 60_000, interval: 20 },
  );
  // A request may name another host than the one that it goes to.
  const agent = new Agent(ca === undefined ? {} : { connect: { ca, checkServerIdentity: () => undefined } });
  onTestFinished(() => agent.close());
  const url = `${ca === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const ask = async (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ): Promise<PageAnswer> => {
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await request(url + path, { dispatcher: agent, method, headers, body: body ?? null });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  return { run, port, url, ask };
}

async function overTls() {
  const place = await teamPlace();
  const ca = madeCertificate(place);
  const args = ['--listen', '127.0.0.1:0', ...TLS];
  return { place, ...(await listening(place, args, /https:\/\/127\.0\.0\.1:(\d+)/u, ca)) };
}

async function behindProxy(args: readonly string[] = []) {
  const place = await teamPlace();
  const page = await listening(
    place,
    ['--port', '0', '--behind-proxy', PUBLIC, ...args],
    /127\.0\.0\.1:(\d+)/u,
  );
  const ask: typeof page.ask = (path, headers = {}, body) =>
    page.ask(path, { host: 'campaigns.example', ...headers }, body);
  return { ...page, ask };
}

const login = (password = PASSWORD, name = 'ana'): string => encoded({ name, password, next: '/' });

describe.skipIf(!HAS_OPENSSL)('over TLS', () => {
  test('a user logs in, and the cookie goes over https alone', async () => {
    const { ask, url } = await overTls();
    const entered = await ask('/login', { ...FORM, origin: url }, login());
    expect(entered.status).toBe(303);
    expect(entered.headers['set-cookie']).toMatch(
      /^__Host-plazcast=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/u,
    );
    const page = await ask('/workspace', { cookie: cookieOf(entered) });
    expect([page.status, page.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  });

  test('nobody comes in without a login, and no token of a terminal is told', async () => {
    const { ask, run } = await overTls();
    expect(run.said()).not.toContain('token=');
    for (const path of ['/', '/enter?token=x', '/workspace']) expect((await ask(path)).status).toBe(401);
    expect((await ask('/healthz')).status).toBe(200);
  });

  test('the names of the certificate are the page’s own, with its port; any other is refused everywhere', async () => {
    const { ask, port } = await overTls();
    const own = ['localhost', 'campaigns.example', 'CAMPAIGNS.example', 'a.wild.example', '127.0.0.1'];
    for (const name of own)
      expect([name, (await ask('/healthz', { host: `${name}:${port}` })).status]).toEqual([name, 200]);
    const foreign = [
      `evil.example:${port}`,
      `subject.example:${port}`,
      `a.b.wild.example:${port}`,
      'campaigns.example',
      `campaigns.example:${port + 1}`,
      `x@campaigns.example:${port}`,
    ];
    for (const host of foreign)
      for (const path of ['/', '/healthz', '/metrics', '/assets/page.css'])
        expect([host, (await ask(path, { host, 'x-forwarded-host': 'campaigns.example' })).status]).toEqual([
          host,
          421,
        ]);
  });

  test('a form of the same name without https, and one of another site, do nothing', async () => {
    const { ask, url, port } = await overTls();
    for (const origin of [
      url.replace('https', 'http'),
      'https://127.0.0.1',
      `https://localhost:${port}`,
      'null',
    ])
      expect([origin, (await ask('/login', { ...FORM, origin }, login())).status]).toEqual([origin, 403]);
  });

  test('programs of this machine read the metrics, unless they stand for others', async () => {
    const { ask } = await overTls();
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/metrics', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401);
  });

  test('speaks TLS 1.2 at least, and no plain http', async () => {
    const { port } = await overTls();
    const spoken = (maxVersion: 'TLSv1.1' | 'TLSv1.2'): Promise<string | null> =>
      new Promise((resolve) => {
        const ciphers = 'DEFAULT@SECLEVEL=0';
        const options = { port, host: '127.0.0.1', minVersion: 'TLSv1', maxVersion, ciphers } as const;
        const socket = connectTls({ ...options, rejectUnauthorized: false }, () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.on('error', () => resolve(null));
      });
    expect([await spoken('TLSv1.1'), await spoken('TLSv1.2')]).toEqual([null, 'TLSv1.2']);
    const plain = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      );
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
    });
    expect(plain).not.toContain('HTTP/1.1 200');
    expect(plain).not.toContain('<form');
  });

  test('Ctrl-C ends it', async () => {
    const place = await teamPlace();
    madeCertificate(place);
    const run = place.start(['serve', '--listen', '127.0.0.1:0', ...TLS]);
    await run.says('Ctrl-C');
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(0);
  });
});

describe('behind a proxy', () => {
  test('a user logs in under the public name, and the terminal tells both addresses', async () => {
    const { ask, run, port } = await behindProxy();
    expect(run.said()).toContain(`The page is open at ${PUBLIC}\n`);
    expect(run.said()).toContain(`127.0.0.1:${port}`);
    const entered = await ask('/login', { ...FORM, origin: PUBLIC }, login());
    expect(entered.status).toBe(303);
    expect(entered.headers['set-cookie']).toMatch(/^__Host-plazcast=.*; Secure$/u);
    const page = await ask('/', { cookie: cookieOf(entered) });
    expect([page.status, page.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  });

  test('only the public name is its own, whatever is said to have been forwarded', async () => {
    const { ask, port } = await behindProxy();
    for (const host of ['localhost', `127.0.0.1:${port}`, 'evil.example', `campaigns.example:${port}`]) {
      const headers = { host, 'x-forwarded-host': 'campaigns.example', forwarded: 'host=campaigns.example' };
      expect([host, (await ask('/', headers)).status]).toEqual([host, 421]);
    }
    for (const origin of ['http://campaigns.example', `http://127.0.0.1:${port}`, 'https://evil.example']) {
      const headers = { ...FORM, origin, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
      expect([origin, (await ask('/login', headers, login())).status]).toEqual([origin, 403]);
    }
  });

  test('guesses count for whom the proxy names last', async () => {
    const { ask } = await behindProxy();
    const guess = (name: string, count: number, last: string) => {
      const headers = { ...FORM, origin: PUBLIC, 'x-forwarded-for': `198.51.100.${count}, ${last}` };
      return ask('/login', headers, login('wrong pass', name));
    };
    // Of each name as many as it may have: those of users, whose passwords are looked at for less than nobody's.
    for (const name of ['ana', 'eva', 'luis']) {
      const guessed = Array.from({ length: 10 }, (_, count) => guess(name, count, '203.0.113.9'));
      expect(new Set((await Promise.all(guessed)).map(({ status }) => status))).toEqual(new Set([401]));
    }
    expect((await guess('pia', 40, '203.0.113.9')).status).toBe(429);
    expect((await guess('pia', 41, '203.0.113.10')).status).toBe(401);
  });

  test('the metrics need their token', async () => {
    const { ask } = await behindProxy();
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', { authorization: 'Bearer metrics-token' })).status).toBe(200);
  });
});

test.each([
  ['203.0.113.5', '198.51.100.1', null, '203.0.113.5'],
  ['203.0.113.5', '198.51.100.1', { address: null }, '203.0.113.5'],
  ['203.0.113.5', '198.51.100.1', { address: '203.0.113.6' }, '203.0.113.5'],
  ['203.0.113.5', '198.51.100.1', { address: '203.0.113.5' }, '198.51.100.1'],
  ['::ffff:203.0.113.5', '1.1.1.1, 198.51.100.1', { address: '203.0.113.5' }, '198.51.100.1'],
  ['127.0.0.1', '2001:DB8::1', { address: null }, '2001:db8::1'],
  ['127.0.0.1', '198.51.100.1', null, '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1, unknown', { address: null }, '127.0.0.1'],
  ['127.0.0.1', undefined, { address: null }, '127.0.0.1'],
] as const)('a request of %s that names %s, with the proxy %o, is of %s', (peer, named, proxy, expected) => {
  const headers = named === undefined ? {} : { 'x-forwarded-for': named };
  expect(clientAddress({ socket: { remoteAddress: peer }, headers }, proxy)).toBe(expected);
});

test('the address that is told is one that browsers take', () => {
  const place = cliPlace();
  const cert = Buffer.from(madeCertificate(place));
  const at = (host: string, port: number): string =>
    frontOf({ host, port, tls: { cert, key: cert }, proxy: null }, { port }).url;
  expect(at('0.0.0.0', 4321)).toBe('https://campaigns.example:4321');
  expect(at('127.0.0.1', 443)).toBe('https://127.0.0.1');
  expect(at('::1', 4321)).toBe('https://campaigns.example:4321');
});

test('at port 443 a browser leaves the port out', () => {
  const { isOwnHost } = frontOf(
    { host: '0.0.0.0', port: 443, tls: null, proxy: { origin: PUBLIC, address: null } },
    { port: 4321 },
  );
  expect(['campaigns.example', 'campaigns.example:443', 'campaigns.example:4321'].map(isOwnHost)).toEqual([
    true,
    true,
    false,
  ]);
});

describe.skipIf(!HAS_OPENSSL)('serve refuses, with exit code 2 and what to do', () => {
  const listen = ['--listen', '127.0.0.1:0'];
  test.each<readonly [string, readonly string[], string]>([
    ['neither certificate nor proxy', listen, '--behind-proxy'],
    ['a certificate without its key', [...listen, '--tls-cert', 'server.pem'], 'Give both'],
    ['a key without its certificate', [...listen, '--tls-key', 'server.key'], 'Give both'],
    ['no such file', [...listen, '--tls-cert', 'none.pem', '--tls-key', 'server.key'], 'ENOENT'],
    ['a folder', [...listen, '--tls-cert', '.', '--tls-key', 'server.key'], 'folder'],
    ['no certificate', [...listen, '--tls-cert', 'server.key', '--tls-key', 'server.key'], 'no certificate'],
    ['no key', [...listen, '--tls-cert', 'server.pem', '--tls-key', 'server.pem'], 'no private key'],
    [
      'the key of another',
      [...listen, '--tls-cert', 'server.pem', '--tls-key', 'other.key'],
      'does not belong',
    ],
    ['a certificate for this machine alone', TLS, '--listen HOST:PORT'],
    ['a proxy without https', [...listen, '--behind-proxy', 'http://campaigns.example'], 'https address'],
    ['a proxy with a path', [...listen, '--behind-proxy', `${PUBLIC}/page`], 'https address'],
    ['a proxy with a user', [...listen, '--behind-proxy', 'https://ana@campaigns.example'], 'https address'],
    ['a proxy that is none', [...listen, '--behind-proxy', 'campaigns.example'], 'https address'],
    ['a proxy at no address', ['--behind-proxy', PUBLIC, '--proxy-address', 'proxy'], 'IP address'],
    ['an address of no proxy', [...listen, ...TLS, '--proxy-address', '10.0.0.5'], 'Give --behind-proxy'],
    ['two ports', [...listen, ...TLS, '--port', '4321'], 'Leave out --port'],
    ['an address that is not this machine’s', ['--listen', '192.0.2.1:0', ...TLS], '192.0.2.1'],
    ...['4321', 'localhost', ':4321', '127.0.0.1:65536', '1.2.3:80', '[::1:80', 'http://a:80', 'a b:80'].map(
      (place) => [`a place that is none: ${place}`, ['--listen', place, ...TLS], 'HOST:PORT'] as const,
    ),
  ])('%s', async (_, args, said) => {
    const place = await teamPlace();
    madeCertificate(place);
    madeCertificate(place, 'other');
    const ended = await place.run(['serve', ...args]);
    expect([ended.code, ended.said]).toEqual([2, expect.stringContaining(said)]);
    expect(ended.said.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    [...listen, ...TLS],
    [...listen, '--behind-proxy', PUBLIC],
    ['--behind-proxy', PUBLIC],
  ])('nobody who could log in: %s', async (...args) => {
    const place = cliPlace();
    madeCertificate(place);
    const ended = await place.run(['serve', ...args]);
    expect([ended.code, ended.said]).toEqual([2, expect.stringContaining('plazcast user add')]);
  });
});
