import type { CommandDetails } from '../command.js';
import { SANDBOX } from './shared-options.js';

export const status: CommandDetails = {
  permission: 'see',
  positionals: { campaign: { about: 'help.campaign-known' } },
  options: { watch: { about: 'option.watch', type: 'boolean', default: false, alias: 'w' }, ...SANDBOX },
  examples: [
    ['plazcast status', 'help.status.all'],
    ['plazcast status welcome --watch', 'help.status.watch'],
  ],
  run: async (...asked) => (await import('../status/status-command.js')).statusCommand(...asked),
};
