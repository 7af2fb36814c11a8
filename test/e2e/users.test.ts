import { closeSync, openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CliPlace, cliPlace } from '../support/run-cli.js';

const PASSWORD = 'correct horse battery';

/** Runs a command in a process of its own, with this line on its stdin. */
async function fed(place: CliPlace, line: string, args: readonly string[]) {
  const stdin = openSync(place.write('password.txt', line), 'r');
  try {
    return await place.start([...args, '--password-stdin'], {}, { stdin }).ended;
  } finally {
    closeSync(stdin);
  }
}

const added = (place: CliPlace, name: string, roles: readonly string[], password = PASSWORD) => {
  const args = ['user', 'add', name, ...roles.flatMap((role) => ['--role', role]), '--password-stdin'];
  return place.run(args, {}, place.folder, `${password}\n`);
};

describe('user', () => {
  test('adds people in any case of letters, lists them, changes their roles and removes them', async () => {
    const place = cliPlace();
    expect(await added(place, 'Ana', ['sender', 'admin'])).toMatchObject({
      code: 0,
      stdout: /ana is a user/u,
    });
    const luis = ['user', 'add', 'luis@example.com', '--role', 'viewer', '--oidc', 'luis@example.com'];
    expect(await place.run(luis)).toMatchObject({ code: 0 });
    const { json } = await place.run(['user', 'list', '--json']);
    expect(json).toMatchObject({
      users: [
        { name: 'ana', roles: ['sender', 'admin'], password: true, oidc: null },
        { name: 'luis@example.com', roles: ['viewer'], password: false, oidc: 'luis@example.com' },
      ],
      exitCode: 0,
    });
    expect(JSON.stringify(json)).not.toMatch(/scrypt|correct horse/u);
    expect(await place.run(['user', 'role', 'LUIS@example.com', '--role', 'operator'])).toMatchObject({
      code: 0,
    });
    expect((await place.run(['user', 'list'])).stdout).toContain('operator');
    expect(await place.run(['user', 'remove', 'luis@example.com'])).toMatchObject({ code: 0 });
    expect((await place.run(['user', 'list'])).stdout).not.toContain('luis');
  });

  test.each([
    ['without an administrator', 'ana', ['viewer'], PASSWORD, 'has to be an administrator'],
    ['with a short password', 'ana', ['admin'], 'kurz wort', 'too short'],
    ['whose password is the name', 'ana', ['admin'], 'ana-ana-ana-ana', 'easy to guess'],
    ['whose password is one letter', 'ana', ['admin'], 'aaaaaaaaaaaaaaaa', 'easy to guess'],
    ['with a strange name', 'añá', ['admin'], PASSWORD, 'cannot be the name'],
    ['that is an option', '../x', ['admin'], PASSWORD, 'cannot be the name'],
    ['without a role', 'ana', [], PASSWORD, 'at least one --role'],
    ['with a role that there is not', 'ana', ['root'], PASSWORD, 'admin'],
  ] as const)('refuses a first user %s', async (_what, name, roles, password, words) => {
    const place = cliPlace();
    const end = await added(place, name, roles, password);
    expect(end.code).toBe(2);
    expect(end.said).toContain(words);
    expect(end.said).not.toContain(password);
    expect((await place.run(['user', 'list'])).stdout).toContain('There are no users');
  });

  test('refuses what would leave nobody who administers, a name twice, and people whom it does not know', async () => {
    const place = cliPlace();
    await added(place, 'ana', ['admin']);
    for (const [args, words] of [
      [['user', 'remove', 'ana'], 'only administrator'],
      [['user', 'role', 'ana', '--role', 'viewer'], 'only administrator'],
      [['user', 'add', 'ANA', '--role', 'viewer', '--oidc', 'x'], 'already'],
      [['user', 'remove', 'eva'], 'no user eva'],
      [['user', 'password', 'eva'], 'no user eva'],
      [['user', 'password', 'ana'], '--password-stdin'],
      [['user', 'add'], 'Whose?'],
    ] as const) {
      const end = await place.run(args);
      expect([args, end.code, end.said]).toEqual([args, 2, expect.stringContaining(words)]);
    }
  });

  test('leaves in the record who did what, and no password anywhere', async () => {
    const place = cliPlace();
    await added(place, 'ana', ['admin']);
    expect((await fed(place, 'another long password', ['user', 'password', 'ana'])).code).toBe(0);
    await place.run(['user', 'add', 'eva', '--role', 'viewer', '--oidc', 'e', '--user', 'ana']);
    const { readFileSync } = await import('node:fs');
    const bytes = ['', '-wal'].map((end) => {
      try {
        return readFileSync(`${place.ledger}${end}`, 'latin1');
      } catch {
        return '';
      }
    });
    expect(bytes.join('')).not.toMatch(/correct horse|another long/u);
  });
});

describe('who acts in a terminal', () => {
  test('has to be a user with the role, by option or by the environment', async () => {
    const place = cliPlace();
    await added(place, 'ana', ['admin']);
    const stop = ['suppress', 'add', '51987654321', '--workspace', '0123456789abcdef'];
    for (const env of [{}, { PLAZCAST_USER: 'ana' }]) {
      const end = await place.run([...stop, ...('PLAZCAST_USER' in env ? [] : ['--user', 'ana'])], env);
      expect(end.code).toBe(2);
      expect(end.said).toContain('ana may not do this: it needs the role operator');
    }
    expect((await place.run([...stop, '--user', 'nobody'])).said).toContain('no user nobody');
    await place.run(['user', 'role', 'ana', '--role', 'admin', '--role', 'operator']);
    expect(await place.run([...stop, '--user', 'ana'])).toMatchObject({ code: 0 });
  });

  test('who does not administer cannot vouch for another server', async () => {
    const place = cliPlace();
    await added(place, 'ana', ['admin']);
    await place.run(['user', 'add', 'eva', '--role', 'marketer', '--oidc', 'e']);
    const asked = ['templates', '--trust-host', 'evil.example', '--user', 'eva'];
    expect((await place.run(asked)).said).toContain('eva may not do this: it needs the role admin');
  });
});
