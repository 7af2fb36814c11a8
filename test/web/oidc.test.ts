import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import type { Role } from '../../src/core/team/roles.js';
import { chromiumOfTests, HAS_CHROMIUM, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { unwrapped } from '../support/results.js';
import { type CliPlace, cliPlace } from '../support/run-cli.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  cookiesOf,
  issuerAt,
  type Lies,
  loggedInAt,
  lyingProvider,
  realProvider,
} from './support/company.js';
import { type TeamPage, teamPage, withUsers } from './support/team.js';

/** A page where `ana` has a password and `luis` the account of his company. */
async function page(issuer: string, oidc = 'luis@example.com') {
  const place = cliPlace({ PLAZCAST_OIDC_CLIENT_SECRET: CLIENT_SECRET });
  await withUsers(place, { ana: ['admin'] });
  const roles: readonly Role[] = ['viewer'];
  const ledger = unwrapped(await ADAPTERS.ledgers.open(place.ledger, 'existing'));
  await ledger.team.add({ name: 'luis', roles, passwordHash: null, oidc }, 2);
  await ledger.close();
  const served = await teamPage(place, ['--oidc-issuer', issuer, '--oidc-client-id', CLIENT_ID]);
  return { place, ...served };
}

/** Begins a login. What came back with the browser, and where it is led. */
async function begun({ ask }: Pick<TeamPage, 'ask'>, next = '/') {
  const answer = await ask(`/login/oidc/begin?next=${encodeURIComponent(next)}`);
  expect([answer.status, answer.text]).toEqual([303, '']);
  const address = new URL(String(answer.headers['location']));
  const asked = (name: string): string => address.searchParams.get(name) ?? '';
  return { answer, address, asked, cookie: cookiesOf(answer) };
}

/** A whole login with a provider that lies. */
async function liedTo(lies: Lies, oidc = 'sub-7') {
  const issuer = await lyingProvider(lies);
  const served = await page(issuer.url, oidc);
  const { asked, cookie } = await begun(served);
  issuer.tell(asked('nonce'));
  const back = `/login/oidc?code=c&state=${asked('state')}`;
  return { ...served, issuer, back, cookie, answer: await served.ask(back, { cookie }) };
}

async function logins(place: CliPlace): Promise<readonly string[]> {
  const ledger = unwrapped(await ADAPTERS.ledgers.open(place.ledger, 'read'));
  const log = await ledger.actions.page({ by: null, campaign: null, since: null, until: null }, null, 99);
  await ledger.close();
  return log.map(({ kind, by }) => `${kind} ${by}`).filter((each) => each.startsWith('log'));
}

describe('with the account of a company', () => {
  test('a user of a real provider is in, at the page that she asked for', async () => {
    const issuer = await issuerAt();
    const served = await page(issuer.url);
    realProvider(issuer, `${served.url}/login/oidc`);
    expect((await served.ask('/workspace')).text).toContain('href="/login/oidc/begin?next=%2Fworkspace"');
    const { answer, address, asked, cookie } = await begun(served, '/workspace');
    expect(asked('code_challenge_method')).toBe('S256');
    expect(asked('redirect_uri')).toBe(`${served.url}/login/oidc`);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^plazcast_away_\d+=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/u,
    );
    const back = await loggedInAt(address.href, 'luis');
    const path = back.slice(served.url.length);
    const entered = await served.ask(path, { cookie, 'sec-fetch-site': 'cross-site' });
    // No redirect: behind one the browser would keep the cookie of the session at home.
    expect(entered.status).toBe(200);
    expect(entered.text).toContain('content="0; url=/workspace"');
    const sets = [entered.headers['set-cookie'] ?? []].flat();
    expect(sets[0]).toMatch(/^plazcast_away_\d+=; Max-Age=0/u);
    expect(sets[1]).toMatch(/^plazcast_login_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
    const inside = await served.ask('/workspace', { cookie: cookiesOf(entered) });
    expect([inside.status, inside.text.includes('action="/logout"')]).toEqual([200, true]);
    expect(await logins(served.place)).toEqual(['logged-in luis']);
    // What came back is used up.
    expect((await served.ask(path, { cookie })).status).toBe(401);
  });

  test('an address that the provider has not verified is nobody', async () => {
    const issuer = await issuerAt();
    const served = await page(issuer.url);
    realProvider(issuer, `${served.url}/login/oidc`, false);
    const { address, cookie } = await begun(served);
    const back = await loggedInAt(address.href, 'luis');
    const refused = await served.ask(back.slice(served.url.length), { cookie });
    expect([refused.status, cookiesOf(refused)]).toEqual([
      401,
      expect.stringMatching(/^plazcast_away_\d+=$/u),
    ]);
    expect(refused.text).toContain('Nobody here has the account luis.');
  });

  test('nobody becomes a user by logging in, and who was removed is none', async () => {
    const issuer = await issuerAt();
    const served = await page(issuer.url);
    realProvider(issuer, `${served.url}/login/oidc`);
    const tryAs = async (login: string) => {
      const { address, cookie } = await begun(served);
      const back = await loggedInAt(address.href, login);
      return served.ask(back.slice(served.url.length), { cookie });
    };
    expect((await tryAs('eva')).text).toContain('Nobody here has the account eva@example.com.');
    expect((await tryAs('luis')).status).toBe(200);
    await served.place.run(['user', 'remove', 'luis']);
    expect((await tryAs('luis')).text).toContain('Nobody here has the account luis@example.com.');
    const users = await served.place.run(['user', 'list', '--json']);
    expect(JSON.stringify(users.json)).not.toMatch(/eva|luis/u);
    expect((await logins(served.place)).filter((each) => each === 'login-failed -')).toHaveLength(2);
  });

  test('a provider that tells the truth lets in by the subject, and gets verifier and secret', async () => {
    const { answer, issuer } = await liedTo({});
    expect(answer.status).toBe(200);
    const token = issuer.asked.find((each) => each.startsWith('/token')) ?? '';
    const basic = Buffer.from(/Basic (\S+)/u.exec(token)?.[1] ?? '', 'base64').toString();
    expect(decodeURIComponent(basic)).toBe(`${CLIENT_ID}:${CLIENT_SECRET}`);
    expect(token).toMatch(/code_verifier=[\w-]{43}/u);
  });

  const past = { iat: 1_000, exp: 1_300 };
  test.each<[string, Lies, string]>([
    ['an issuer that is another one', { claims: { iss: 'https://evil.example' } }, 'came from another login'],
    ['an audience that is another one', { claims: { aud: 'other' } }, 'meant for another program'],
    [
      'audiences of which another one asked',
      { claims: { aud: [CLIENT_ID, 'b'], azp: 'b' } },
      'another program',
    ],
    ['a nonce of another login', { claims: { nonce: 'other' } }, 'belongs to another login'],
    ['a token that has run out', { claims: past }, 'has run out'],
    ['a key that is not the issuer’s', { otherKey: true }, 'cannot trust'],
    ['an error', { token: { status: 400, body: '{"error":"invalid_grant"}' } }, '(invalid_grant)'],
    ['an error with a text of its own', { token: { status: 400, body: '{"error":"<b>Call 555"}' } }, '(?)'],
    ['something without end', { padding: 2_000_000 }, 'cannot trust'],
    ['something that is no answer', { token: { status: 200, body: 'no' } }, 'cannot trust'],
  ])('nobody is let in by %s', async (_, lies, said) => {
    const { answer, place, back, ask, cookie } = await liedTo(lies);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(said);
    expect(answer.text).toContain('action="/login"');
    expect(String(answer.headers['set-cookie'])).not.toContain('plazcast_login');
    expect(await logins(place)).toEqual(['login-failed -']);
    expect((await ask(back, { cookie })).text).toContain('did not begin in this browser');
  });

  test.each<[string, Lies['metadata'], string]>([
    ['another issuer', { issuer: 'https://evil.example' }, 'came from another login'],
    ['a page without encryption', { authorization_endpoint: 'http://192.0.2.1/' }, 'cannot trust'],
  ])('nobody is led away by a provider that names %s', async (_, metadata = {}, said) => {
    const { url } = await lyingProvider({ metadata });
    const { ask } = await page(url);
    const answer = await ask('/login/oidc/begin');
    expect([answer.status, answer.text.includes(said)]).toEqual([401, true]);
  });

  test('a state that is missing, wrong, or another browser’s is refused, and ends no login', async () => {
    const issuer = await lyingProvider({});
    const served = await page(issuer.url, 'sub-7');
    const { asked, cookie } = await begun(served);
    const other = await begun(served);
    issuer.tell(asked('nonce'));
    const good = `/login/oidc?code=c&state=${asked('state')}`;
    for (const [path, brought] of [
      ['/login/oidc?code=c', cookie],
      ['/login/oidc?code=c&state=wrong', cookie],
      [good, ''],
      [good, other.cookie],
    ] as const) {
      const refused = await served.ask(path, { cookie: brought });
      expect([path, refused.status]).toEqual([path, 401]);
      expect(refused.text).toContain('did not begin in this browser');
    }
    expect(issuer.asked.some((each) => each.startsWith('/token'))).toBe(false);
    expect((await served.ask(good, { cookie })).status).toBe(200);
    expect(await logins(served.place)).toContain('login-failed -');
  });

  test('who was refused by the provider is told so, and another issuer’s name on the way back is refused', async () => {
    const issuer = await lyingProvider({});
    const served = await page(issuer.url);
    for (const [brought, said] of [
      ['error=access_denied', '(access_denied)'],
      ['code=c&iss=https%3A%2F%2Fevil.example', 'came from another login'],
    ] as const) {
      const { asked, cookie } = await begun(served);
      const answer = await served.ask(`/login/oidc?${brought}&state=${asked('state')}`, { cookie });
      expect([answer.status, answer.text.includes(said)]).toEqual([401, true]);
    }
  });

  test('a provider that is not reached leaves passwords as they are', async () => {
    const { url, server } = await issuerAt();
    server.close();
    const { ask, logIn } = await page(url);
    const answer = await ask('/login/oidc/begin?next=/workspace');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('cannot be reached');
    expect(answer.text).toContain('name="next" value="/workspace"');
    expect((await logIn('ana')).status).toBe(303);
  });

  test('a provider that does not answer is given up', async () => {
    const { url } = await issuerAt(() => {});
    const { ask } = await page(url);
    expect((await ask('/login/oidc/begin')).text).toContain('cannot be reached');
  });

  test('another name of the page leads to the one that the provider knows', async () => {
    const { url } = await lyingProvider({});
    const served = await page(url);
    const { port } = new URL(served.url);
    const answer = await served.ask('/login/oidc/begin?next=/workspace', { host: `localhost:${port}` });
    expect(answer.headers['location']).toBe(`${served.url}/login/oidc/begin?next=%2Fworkspace`);
  });

  test.each(['//evil.example/', 'https://evil.example/', '/login/oidc', '\\\\evil.example'])(
    'nobody is led elsewhere: %s',
    async (next) => {
      const issuer = await lyingProvider({});
      const served = await page(issuer.url, 'sub-7');
      const { asked, cookie } = await begun(served, next);
      issuer.tell(asked('nonce'));
      const { text } = await served.ask(`/login/oidc?code=c&state=${asked('state')}`, { cookie });
      expect(text).toMatch(/content="0; url=\/(?!\/|login)/u);
    },
  );
});

describe.skipIf(!HAS_CHROMIUM)(`the way there and back in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  test('from a provider at another site she is in at once', async () => {
    const own = await issuerAt();
    // To a browser, another site than 127.0.0.1.
    const issuer = { ...own, url: own.url.replace('127.0.0.1', 'localhost') };
    const served = await page(issuer.url);
    realProvider(issuer, `${served.url}/login/oidc`);
    const context = await browser.newContext({ locale: 'en-US' });
    const tab = await context.newPage();
    await tab.goto(`${served.url}/workspace`);
    await tab.getByRole('link', { name: 'Log in with your company account' }).click();
    await tab.locator('input[name=login]').fill('luis');
    await tab.locator('input[name=password]').fill('x');
    await tab.locator('button[type=submit]').click();
    await tab.waitForLoadState();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByRole('button', { name: 'Log out' }).waitFor();
    expect(tab.url()).toBe(`${served.url}/workspace`);
    await context.close();
  });
});

describe('the options of the provider', () => {
  test.each([
    [['--oidc-issuer', 'https://a.example'], 'go together'],
    [['--oidc-client-id', 'plazcast'], 'go together'],
    [['--oidc-issuer', 'http://a.example', '--oidc-client-id', 'a'], 'no address that plazcast may call'],
    [
      ['--oidc-issuer', 'https://u:p@a.example', '--oidc-client-id', 'a'],
      'no address that plazcast may call',
    ],
  ])('%j ends the command', async (args, said) => {
    const { code, stderr } = await cliPlace().run(['serve', '--port', '0', '--no-open', ...args]);
    expect([code, stderr.includes(said)]).toEqual([2, true]);
  });

  test('without them there is neither a link nor a way', async () => {
    const place = cliPlace();
    await withUsers(place, { ana: ['admin'] });
    const { ask } = await teamPage(place);
    const answer = await ask('/login/oidc/begin');
    expect([answer.status, answer.text.includes('/login/oidc/begin')]).toEqual([401, false]);
  });
});
