import type { CommandDetails } from '../command.js';
import { OVERRIDES, SANDBOX } from './shared-options.js';

export const check: CommandDetails = {
  permission: 'test',
  positionals: { campaign: { about: 'help.campaign-path' } },
  options: { ...OVERRIDES, ...SANDBOX },
  examples: [
    ['plazcast check campaigns/welcome', 'help.check.plain'],
    ['plazcast check campaigns/welcome --json', 'help.check.json'],
  ],
  run: async (...asked) => (await import('../check/check-command.js')).checkCommand(...asked),
};
