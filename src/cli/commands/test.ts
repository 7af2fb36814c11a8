import type { CommandDetails } from '../command.js';
import { SANDBOX, TRUST_HOST } from './shared-options.js';

export const test: CommandDetails = {
  permission: 'test',
  positionals: { campaign: { about: 'help.campaign-known' } },
  options: {
    to: { about: 'option.to', type: 'string', demandOption: true, requiresArg: true },
    row: { about: 'option.row', type: 'string', requiresArg: true },
    ...SANDBOX,
    ...TRUST_HOST,
  },
  examples: [
    ['plazcast test campaigns/welcome --to +51987654321', 'help.test.plain'],
    ['plazcast test campaigns/welcome --to +51987654321 --row 12', 'help.test.row'],
  ],
  run: async (...asked) => (await import('../test-send/test-command.js')).testCommand(...asked),
};
