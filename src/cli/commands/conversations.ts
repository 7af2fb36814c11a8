import type { CommandDetails } from '../command.js';
import { LIST_OPTIONS } from '../conversations/list-options.js';

export const conversations: CommandDetails = {
  permission: 'prepare',
  options: {
    format: {
      about: 'option.format',
      type: 'string',
      choices: ['csv', 'jsonl'],
      default: 'csv',
      requiresArg: true,
    },
    output: { about: 'option.output', type: 'string', alias: 'o', requiresArg: true },
    delimiter: { about: 'option.delimiter', type: 'string', requiresArg: true },
    ...LIST_OPTIONS,
  },
  withoutLedger: true,
  examples: [
    ['plazcast conversations --from plazbot', 'help.conversations.csv'],
    ['plazcast conversations --from platica --date 2026-03-21 -o day.csv', 'help.conversations.day'],
    ['plazcast conversations --from chatbotx --channel whatsapp --format jsonl', 'help.conversations.jsonl'],
  ],
  run: async (...asked) =>
    (await import('../conversations/conversations-command.js')).conversationsCommand(...asked),
};
