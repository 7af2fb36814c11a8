import { describe, expect, test } from 'vitest';
import { permissionFor } from '../../src/cli/acting.js';
import { Args } from '../../src/cli/command.js';
import { COMMANDS, loadCommands } from '../../src/cli/commands/index.js';
import { isAllowed, ROLES } from '../../src/core/team/roles.js';
import { SQLITE_LEDGERS } from '../../src/ledger/sqlite/sqlite-ledgers.js';
import { unwrapped } from '../support/results.js';
import { cliPlace } from '../support/run-cli.js';

/** Each command in a form that ends at once, and who may type it. */
const TYPED: readonly (readonly [words: string, roles: readonly string[]])[] = [
  ['init new', ['marketer']],
  ['check nowhere', ['marketer', 'sender']],
  ['templates', ['marketer']],
  ['test nowhere --to 51987654321', ['marketer', 'sender']],
  ['send nowhere', ['sender']],
  ['send nowhere --sandbox', ['marketer', 'sender']],
  ['send nowhere --dry-run', ['marketer', 'sender']],
  ['work', ['operator']],
  ['serve --port 99999', ROLES],
  ['status nowhere', ROLES],
  ['retry nowhere', ['operator']],
  ['reconcile nowhere', ['operator']],
  ['pause nowhere', ['operator']],
  ['resume nowhere', ['operator']],
  ['cancel nowhere', ['operator']],
  ['report nowhere', ROLES],
  ['conversations --from platica', ['marketer']],
  ['audience --from platica -o x.csv', ['marketer']],
  ['suppress add 51987654321', ['operator']],
  ['suppress import nowhere.csv', ['operator']],
  ['suppress remove 51987654321', ['operator']],
  ['suppress list', ROLES],
  ['suppress export', ROLES],
  ['sandbox --port 99999', ROLES],
  ['doctor', ROLES],
  ['backup copy.db', ['admin']],
  ['ledger copy nowhere.db other.db', ['admin']],
  ['user list', ['admin']],
  ['log export', ['admin']],
  ['forget 51987654321', ['admin']],
];

describe('each role and each command', () => {
  test('every command is here', () => {
    const names = COMMANDS.map(({ usage }) => usage.split(' ')[0]);
    expect([...new Set(TYPED.map(([words]) => words.split(' ')[0]))].toSorted()).toEqual(names.toSorted());
  });

  test.each(ROLES)('%s is let through or refused in words', async (role) => {
    const place = cliPlace();
    const ledger = unwrapped(await SQLITE_LEDGERS.open(place.path('plazcast.db'), 'create'));
    const entered = { passwordHash: null, roles: ['admin'] } as const;
    await ledger.team.add({ ...entered, name: 'first', oidc: 'first' }, 1);
    await ledger.team.add({ ...entered, name: 'eva', roles: [role], oidc: 'eva' }, 1);
    await ledger.close();
    for (const [words, roles] of TYPED) {
      const end = await place.run(['--ledger', 'plazcast.db', '--user', 'eva', ...words.split(' ')]);
      const refused = end.said.includes('eva may not do this');
      expect([words, refused]).toEqual([words, !roles.includes(role)]);
      if (refused) expect([words, end.code]).toEqual([words, 2]);
    }
  });

  test('the table of the commands says the same', async () => {
    const specs = await loadCommands(COMMANDS);
    for (const [words, roles] of TYPED) {
      const [name, action = ''] = words.split(' ');
      const spec = specs.find(({ usage }) => usage.split(' ')[0] === name);
      if (spec === undefined) throw new Error(words);
      const flags = { action, sandbox: words.includes('--sandbox'), 'dry-run': words.includes('--dry-run') };
      const permission = permissionFor(spec, new Args(flags));
      expect([words, ROLES.filter((role) => isAllowed([role], permission))]).toEqual([words, roles]);
    }
  });
});
