import type { CommandDetails } from '../command.js';

export const ledger: CommandDetails = {
  permission: 'administer',
  positionals: {
    action: { about: 'help.ledger.action', choices: ['copy'] },
    from: { about: 'help.ledger.from' },
    to: { about: 'help.ledger.to' },
  },
  options: {
    'accept-ledger': { about: 'option.copy-accept', type: 'boolean' },
  },
  withoutLedger: true,
  examples: [
    ['plazcast ledger copy plazcast.db postgres://plazcast@db.example.com/plazcast', 'help.ledger.copy'],
    ['plazcast ledger copy postgres://plazcast@db.example.com/plazcast old.db', 'help.ledger.back'],
  ],
  run: async (...asked) => (await import('../ledger/copy-command.js')).ledgerCopyCommand(...asked),
};
