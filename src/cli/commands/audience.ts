import { KEEP_REASONS } from '../../core/audience.js';
import type { CommandDetails } from '../command.js';
import { LIST_OPTIONS } from '../conversations/list-options.js';
import { separated } from './shared-options.js';

export const audience: CommandDetails = {
  permission: 'prepare',
  options: {
    output: {
      about: 'option.audience-output',
      type: 'string',
      alias: 'o',
      demandOption: true,
      requiresArg: true,
    },
    country: { about: 'option.country', type: 'string', requiresArg: true },
    keep: {
      about: 'option.keep',
      type: 'string',
      array: true,
      choices: [...KEEP_REASONS],
      coerce: separated,
      requiresArg: true,
    },
    'outside-window': { about: 'option.outside-window', type: 'boolean', default: false },
    ...LIST_OPTIONS,
  },
  withoutLedger: true,
  examples: [
    ['plazcast audience --from platica -o recipients.csv --country PE', 'help.audience.plain'],
    ['plazcast audience --from chatbotx -o recipients.csv --outside-window', 'help.audience.window'],
  ],
  run: async (...asked) => (await import('../audience/audience-command.js')).audienceCommand(...asked),
};
