import { describe, expect, it } from 'vitest';
import { mayDo } from '../../../src/core/team/actor.js';
import { isAllowed, type Permission, ROLES, roleNamed, rolesWith } from '../../../src/core/team/roles.js';

const ALL: readonly Permission[] = ['see', 'prepare', 'test', 'send', 'approve', 'operate', 'administer'];

describe('roles', () => {
  it.each([
    ['viewer', ['see']],
    ['marketer', ['see', 'prepare', 'test']],
    ['sender', ['see', 'test', 'send', 'approve']],
    ['operator', ['see', 'operate']],
    ['admin', ['see', 'administer']],
  ] as const)('a %s may exactly: %j', (role, may) => {
    expect(ALL.filter((permission) => isAllowed([role], permission))).toEqual(may);
  });

  it('add up', () => {
    expect(ALL.filter((permission) => isAllowed(['marketer', 'operator'], permission))).toEqual([
      'see',
      'prepare',
      'test',
      'operate',
    ]);
  });

  it('that nobody has allow nothing, not even to look', () => {
    expect(isAllowed([], 'see')).toBe(false);
  });

  it('say for each permission who has it', () => {
    expect(ALL.map(rolesWith)).toEqual([
      [...ROLES],
      ['marketer'],
      ['marketer', 'sender'],
      ['sender'],
      ['sender'],
      ['operator'],
      ['admin'],
    ]);
  });

  it.each(['root', 'Admin', '', 'constructor'])('are these five, and %j is none', (name) => {
    expect(roleNamed(name)).toBeNull();
  });
});

describe('who acts where there are no users', () => {
  it('may do everything', () => {
    expect(ALL.every((permission) => mayDo({ name: 'ana', roles: null }, permission))).toBe(true);
  });
});
