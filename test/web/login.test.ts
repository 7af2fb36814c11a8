import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { isAllowed, ROLES } from '../../src/core/team/roles.js';
import { SCREENS } from '../../src/web/screens/index.js';
import { unwrapped } from '../support/results.js';
import { cliPlace } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';
import { cookieOf, PASSWORD, teamPage, withUsers } from './support/team.js';

const TEAM = { ana: ['admin'], luis: ['viewer'] } as const;

async function page() {
  const place = cliPlace();
  await withUsers(place, TEAM);
  return { place, ...(await teamPage(place)) };
}

describe('where there are users', () => {
  test('nobody sees anything before she logged in, and the token of the terminal is none', async () => {
    const { ask } = await page();
    for (const path of ['/', '/workspace', '/nowhere', '/enter?token=x', '/workspace/users']) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.text).toContain('action="/login"');
    }
    // On a busy machine the ledger may take longer to answer than whoever asks is kept waiting.
    await expect.poll(async () => (await ask('/healthz')).status).toBe(200);
  });

  test('of a ledger that was moved, whoever logs in is told without an option to type', async () => {
    const { place, logIn } = await page();
    const copied = await place.run(['ledger', 'copy', place.ledger, place.path('moved.db')]);
    expect(copied.code, copied.said).toBe(0);
    const { text } = await logIn('ana');
    expect(text).toContain('Whoever started plazcast starts it again');
    expect(text).not.toContain('Use the other one');
  });

  test('who knows her password is in, at the page that she asked for', async () => {
    const { logIn, ask } = await page();
    const answer = await logIn('ANA');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/workspace']);
    const [header] = [answer.headers['set-cookie'] ?? []].flat();
    expect(header).toMatch(/^plazcast_login_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
    const { status, text } = await ask('/workspace', { cookie: cookieOf(answer) });
    expect(status).toBe(200);
    expect(text).toContain('action="/logout"');
    expect(text).not.toContain('/workspace/address');
  });

  test.each(['//evil.example/', 'https://evil.example/', '/login', '\\\\evil.example'])(
    'nobody is led elsewhere: %s',
    async (next) => {
      const { ask } = await page();
      const body = new URLSearchParams({ name: 'ana', password: PASSWORD, next }).toString();
      const { location } = (await ask('/login', {}, body)).headers;
      expect(String(location)).toMatch(/^\/(?!\/)/u);
    },
  );

  test('a wrong password and a name that there is not are answered alike', async () => {
    const { logIn } = await page();
    const [wrong, unknown] = [await logIn('ana', 'wrong password!'), await logIn('eva', 'wrong password!')];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(unknown.text.replaceAll('eva', 'ana')).toBe(wrong.text);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  test('the eleventh guess waits, also with the right password and for a name that there is not', async () => {
    const { logIn } = await page();
    for (const name of ['ana', 'eva']) {
      const tried = await Promise.all(Array.from({ length: 10 }, () => logIn(name, 'wrong password!')));
      expect(tried.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 401));
      const locked = await logIn(name);
      expect([name, locked.status]).toEqual([name, 429]);
      expect(locked.text).toContain('Wait 15 minutes');
    }
    expect((await logIn('luis')).status).toBe(303);
  });

  test('a cookie that was there before is worth nothing afterwards, and a made-up one never is', async () => {
    const { ask, logIn } = await page();
    const first = cookieOf(await logIn('ana'));
    const [name] = first.split('=');
    const planted = `${name}=${'A'.repeat(43)}`;
    const body = new URLSearchParams({ name: 'ana', password: PASSWORD, next: '/' }).toString();
    const entered = cookieOf(await ask('/login', { cookie: planted }, body));
    expect(entered).not.toBe(planted);
    expect((await ask('/', { cookie: planted })).status).toBe(401);
    const second = cookieOf(await ask('/login', { cookie: first }, body));
    expect((await ask('/', { cookie: first })).status).toBe(401);
    expect((await ask('/', { cookie: second })).status).toBe(200);
  });

  test('who logged out is out on the server: the old cookie is dead', async () => {
    const { as, ask } = await page();
    const ana = await as('ana');
    expect((await ask('/logout', { cookie: ana.cookie }, 'form_token=wrong')).status).toBe(403);
    expect((await ana.get('/')).status).toBe(200);
    expect((await ana.post('/logout', {})).status).toBe(303);
    expect((await ana.get('/')).status).toBe(401);
  });

  test('a session outlives the server, and ends with its user', async () => {
    const place = cliPlace();
    await withUsers(place, TEAM);
    const before = await teamPage(place);
    const port = new URL(before.url).port;
    const luis = await before.as('luis');
    await before.stop();
    const after = await teamPage(place, ['--port', port]);
    expect((await after.ask('/', { cookie: luis.cookie })).status).toBe(200);
    await place.run(['user', 'remove', 'luis']);
    expect((await after.ask('/', { cookie: luis.cookie })).status).toBe(401);
  });

  test('a page for whoever started it asks for a login as soon as there is a user', async () => {
    const place = await sendingPlace(1);
    const served = await servedPage(place);
    const form = { name: 'ana', roles: ['admin'], password: PASSWORD };
    expect((await served.post('/workspace/users', form)).status).toBe(303);
    await expect.poll(async () => (await served.get('/')).status, { timeout: 90_000 }).toBe(401);
  });

  test('a ledger that cannot be read is told in words, and asked anew by the next request', async () => {
    const { place, as } = await page();
    const ana = await as('ana');
    const { renameSync } = await import('node:fs');
    const names = ['', '-wal', '-shm'];
    const move = (from: string, to: string) => {
      for (const name of names) {
        try {
          renameSync(place.path(`${from}${name}`), place.path(`${to}${name}`));
        } catch {}
      }
    };
    move('plazcast.db', 'away.db');
    const gone = await ana.get('/');
    expect(gone.status).toBe(503);
    expect(gone.text).toContain('plazcast.db');
    move('away.db', 'plazcast.db');
    expect((await ana.get('/')).status).toBe(200);
  });
});

describe('each role and each address', () => {
  test.each(ROLES)('a %s is let through or gets the page that says who may', async (role) => {
    const place = await sendingPlace(1);
    await withUsers(place, { first: ['admin'], eva: [role] });
    const served = await teamPage(place);
    const eva = await served.as('eva');
    const token = /name="form_token" value="([^"]+)"/u.exec((await eva.get('/')).text)?.[1] ?? '';
    for (const { method, path, permission } of SCREENS.flatMap(({ routes }) => routes)) {
      const at = path.replace(':campaign', 'nowhere').replace(/:\w+/gu, '51987654321');
      const body = `form_token=${token}`;
      const answer =
        method === 'GET' ? await eva.get(at) : await served.ask(at, { cookie: eva.cookie }, body);
      const refused = answer.status === 403 && answer.text.includes('You may not do this');
      expect([method, path, refused]).toEqual([method, path, !isAllowed([role], permission)]);
    }
  });

  test('roles that are taken away are gone at the next request', async () => {
    const place = cliPlace();
    await withUsers(place, { ana: ['admin'], eva: ['admin'] });
    const eva = await (await teamPage(place)).as('eva');
    expect((await eva.get('/workspace/users')).status).toBe(200);
    await place.run(['user', 'role', 'eva', '--role', 'viewer']);
    const refused = await eva.get('/workspace/users');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Only who has the role administrator may do this.');
  });
});

describe('the users on the page', () => {
  test('are added, get other roles and another password, and are removed', async () => {
    const { place, as, logIn } = await page();
    const ana = await as('ana');
    const eva = { name: 'eva', roles: ['marketer', 'sender'], password: PASSWORD };
    expect((await ana.post('/workspace/users', { ...eva, password: 'short' })).status).toBe(422);
    expect((await ana.post('/workspace/users', eva)).status).toBe(303);
    expect((await ana.get('/workspace/users')).text).toContain('eva');
    const browser = await as('eva');
    const seen = ['marketer', 'sender'];
    const slip = await ana.post('/workspace/users/eva/password', { password: 'short' });
    expect(slip.text.match(/name="roles" value="\w+" checked/gu)).toHaveLength(2);
    expect((await ana.post('/workspace/users/eva/roles', { roles: ['operator'], seen })).status).toBe(303);
    const old = await ana.post('/workspace/users/eva/roles', { roles: [...seen, 'viewer'], seen });
    expect(old.text).toContain('Somebody else gave eva other roles meanwhile.');
    expect(old.text.match(/name="roles" value="\w+" checked/gu)).toEqual([
      'name="roles" value="operator" checked',
    ]);
    expect((await browser.get('/new')).status).toBe(403);
    await ana.post('/workspace/users/eva/password', { password: 'another long password' });
    expect((await browser.get('/')).status).toBe(401);
    expect((await logIn('eva', 'another long password')).status).toBe(303);
    expect((await ana.post('/workspace/users/eva/remove', {})).status).toBe(303);
    expect((await logIn('eva', 'another long password')).status).toBe(401);
    const last = await ana.post('/workspace/users/ana/remove', {});
    expect([last.status, last.text.includes('only administrator')]).toEqual([422, true]);
    const ledger = unwrapped(await ADAPTERS.ledgers.open(place.ledger, 'read'));
    const log = await ledger.actions.page({ by: null, campaign: null, since: null, until: null }, null, 99);
    await ledger.close();
    const kinds = log.map(({ kind, by, subject }) => [kind, by, subject].join(' '));
    for (const one of [
      'user-added ana eva',
      'user-roles ana eva',
      'user-password ana eva',
      'user-removed ana eva',
    ])
      expect(kinds).toContain(one);
    expect(kinds).toContain('login-failed - ');
    expect(JSON.stringify(log)).not.toContain('another long');
  });
});
