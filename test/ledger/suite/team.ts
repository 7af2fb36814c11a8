import { describe, expect, test } from 'vitest';
import type { NewUser, Team } from '../../../src/core/ledger/team.js';
import type { OpenLedger } from './ledger-at-hand.js';

const ANA: NewUser = { name: 'ana', roles: ['admin', 'sender'], passwordHash: 'hash-a', oidc: null };
const LUIS: NewUser = { name: 'luis', roles: ['viewer'], passwordHash: null, oidc: 'Luis@example.com' };
const session = (fingerprint: string, user = 'ana') => {
  const span = { begunAt: 1_000, endsAt: 9_000 };
  return { fingerprint, user, passwordHash: null, ...span };
};

async function teamOf(open: OpenLedger): Promise<Team> {
  const { team } = (await open()).ledger;
  await team.add(ANA, 100);
  await team.add(LUIS, 200);
  return team;
}

/** Who may use what others can reach. */
export function team(open: OpenLedger): void {
  describe('the team', () => {
    test('is kept by name, with roles and times', async () => {
      const at = await teamOf(open);
      expect(await at.users()).toEqual([
        { ...ANA, addedAt: 100, changedAt: 100 },
        { ...LUIS, addedAt: 200, changedAt: 200 },
      ]);
      expect(await at.setRoles('luis', ['marketer', 'operator'], 300)).toBe('done');
      expect(await at.user('luis')).toMatchObject({
        roles: ['marketer', 'operator'],
        addedAt: 200,
        changedAt: 300,
      });
      expect(await at.user('nobody')).toBeNull();
    });

    test('gives roles in the place of those that somebody saw, and of no others', async () => {
      const at = await teamOf(open);
      expect(await at.setRoles('luis', ['operator'], 300, ['marketer'])).toBe('changed-meanwhile');
      expect(await at.user('luis')).toMatchObject({ roles: ['viewer'], changedAt: 200 });
      expect(await at.setRoles('luis', ['operator'], 300, ['viewer'])).toBe('done');
      expect(await at.setRoles('nobody', ['operator'], 300, ['viewer'])).toBe('unknown');
      expect(await at.setRoles('ana', ['viewer'], 300, ['admin', 'sender'])).toBe('last-admin');
    });

    test('begins with an administrator, and has each name and identity once', async () => {
      const { team: at } = (await open()).ledger;
      expect(await at.add(LUIS, 1)).toBe('first-not-admin');
      expect(await at.users()).toEqual([]);
      expect(await at.add(ANA, 1)).toBe('done');
      expect(await at.add({ ...LUIS, name: 'ana' }, 1)).toBe('taken');
      expect(await at.add(LUIS, 1)).toBe('done');
      expect(await at.add({ ...LUIS, name: 'other' }, 1)).toBe('taken');
    });

    test('always has an administrator', async () => {
      const at = await teamOf(open);
      expect(await at.remove('ana')).toBe('last-admin');
      expect(await at.setRoles('ana', ['sender'], 1)).toBe('last-admin');
      expect(await at.setRoles('ana', ['admin', 'viewer'], 1)).toBe('done');
      expect(await at.setRoles('luis', ['admin'], 1)).toBe('done');
      expect(await at.remove('ana')).toBe('done');
      expect(await at.remove('luis')).toBe('last-admin');
      expect(await at.remove('ana')).toBe('unknown');
      expect(await at.setRoles('ana', ['admin'], 1)).toBe('unknown');
    });

    test('keeps one of two administrators whom two people take away at the same time', async () => {
      const { ledger, again } = await open();
      const others = await again();
      const names = Array.from({ length: 8 }, (_, index) => `admin-${index}`);
      for (const name of names) await ledger.team.add({ ...ANA, name }, 1);
      const answers = await Promise.all(
        names.map((name, index) => {
          const { team: at } = index % 2 === 0 ? ledger : others;
          return index % 3 === 0 ? at.setRoles(name, ['viewer'], 2) : at.remove(name);
        }),
      );
      expect(answers.filter((answer) => answer === 'last-admin')).toHaveLength(1);
      const left = (await ledger.team.users()).filter(({ roles }) => roles.includes('admin'));
      expect(left).toHaveLength(1);
    });

    test('finds whom a provider of identities means: by subject first, then by address in any case', async () => {
      const at = await teamOf(open);
      await at.add({ ...LUIS, name: 'subject', oidc: 'sub-7' }, 1);
      expect(await at.userOf('sub-7', 'luis@example.com')).toMatchObject({ name: 'subject' });
      expect(await at.userOf('sub-8', 'LUIS@example.com')).toMatchObject({ name: 'luis' });
      expect(await at.userOf('sub-8', null)).toBeNull();
      expect(await at.userOf('SUB-7', 'nobody@example.com')).toBeNull();
    });

    test('has an address once, in whatever case, and takes no other letter for one of it', async () => {
      const at = await teamOf(open);
      expect(await at.add({ ...LUIS, name: 'twin', oidc: 'LUIS@example.com' }, 1)).toBe('taken');
      expect(await at.add({ ...LUIS, name: 'kim', oidc: 'kim@example.com' }, 1)).toBe('done');
      expect(await at.userOf('sub-9', '\u212Aim@example.com')).toBeNull();
      expect(await at.add({ ...LUIS, name: 'small', oidc: 'sub-7' }, 1)).toBe('done');
      expect(await at.add({ ...LUIS, name: 'large', oidc: 'SUB-7' }, 1)).toBe('done');
    });
  });

  describe('a session', () => {
    test('holds until its end, and while it is seen; its user is as the team has her now', async () => {
      const at = await teamOf(open);
      expect(await at.beginSession(session('f1', 'luis'), 0)).toBe(true);
      expect(await at.session('f1', 2_000, 500)).toEqual({
        user: { name: 'luis', roles: ['viewer'] },
        seenAt: 1_000,
      });
      await at.setRoles('luis', ['operator'], 2_000);
      expect(await at.session('f1', 8_999, 1_000)).toMatchObject({ user: { roles: ['operator'] } });
      expect(await at.session('f1', 9_000, 1_000)).toBeNull();
      expect(await at.session('f1', 2_000, 1_001)).toBeNull();
      await at.seen('f1', 5_000);
      await at.seen('f1', 4_000);
      expect(await at.session('f1', 6_000, 5_000)).toMatchObject({ seenAt: 5_000 });
      expect(await at.session('f2', 2_000, 0)).toBeNull();
    });

    test('ends when its user leaves, and no other does', async () => {
      const at = await teamOf(open);
      await at.beginSession(session('f1'), 0);
      await at.beginSession(session('f2'), 0);
      await at.endSession('f1');
      expect(await at.session('f1', 2_000, 0)).toBeNull();
      expect(await at.session('f2', 2_000, 0)).not.toBeNull();
    });

    test.each([
      ['is removed', (at: Team) => at.remove('luis')],
      ['gets another password', (at: Team) => at.setPassword('luis', 'new', 3_000)],
    ])('ends when its user %s', async (_what, act) => {
      const at = await teamOf(open);
      await at.beginSession(session('f1', 'luis'), 0);
      await at.beginSession(session('f2'), 0);
      expect(await act(at)).toBe('done');
      expect(await at.session('f1', 2_000, 0)).toBeNull();
      expect(await at.session('f2', 2_000, 0)).not.toBeNull();
    });

    test('that began by a clock that was far ahead holds no more once it is right', async () => {
      const at = await teamOf(open);
      const [day, year] = [86_400_000, 365 * 86_400_000];
      await at.beginSession({ ...session('f1'), begunAt: year, endsAt: year + day }, 0);
      expect(await at.session('f1', year, 0)).not.toBeNull();
      expect(await at.session('f1', year - 60_000, 0)).not.toBeNull();
      expect(await at.session('f1', day, 0)).toBeNull();
    });

    test('begins by no password that is another one by now', async () => {
      const at = await teamOf(open);
      await at.setPassword('ana', 'hash-b', 500);
      expect(await at.beginSession({ ...session('f1'), passwordHash: 'hash-a' }, 0)).toBe(false);
      expect(await at.session('f1', 2_000, 0)).toBeNull();
      expect(await at.beginSession({ ...session('f2'), passwordHash: 'hash-b' }, 0)).toBe(true);
    });

    test('is of nobody who is no user, and what ended is cleared away by the next one', async () => {
      const { ledger, rawly } = await open();
      await ledger.team.add(ANA, 1);
      expect(await ledger.team.beginSession(session('f0', 'nobody'), 0)).toBe(false);
      await ledger.team.beginSession(session('f1'), 0);
      await ledger.team.beginSession({ ...session('f2'), begunAt: 9_500, endsAt: 20_000 }, 0);
      // A second row of one fingerprint would be refused.
      await rawly("INSERT INTO sessions VALUES ('f1', 'ana', 1, 1, 1)");
      await expect(rawly("INSERT INTO sessions VALUES ('f2', 'ana', 1, 1, 1)")).rejects.toThrow(/unique/iu);
    });
  });

  test.each([
    ['without a role', "'x', '[]', 'h', NULL"],
    ['without a way in', "'x', '[\"viewer\"]', NULL, NULL"],
    ['with a name in capitals', "'X', '[\"viewer\"]', 'h', NULL"],
  ])('the schema refuses a user %s', async (_what, values) => {
    const { rawly } = await open();
    await expect(
      rawly(
        `INSERT INTO users (name, roles, password_hash, oidc, added_at, changed_at) VALUES (${values}, 1, 1)`,
      ),
    ).rejects.toThrow(/check/iu);
  });
}
