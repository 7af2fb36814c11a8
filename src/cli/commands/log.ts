import type { CommandDetails } from '../command.js';

export const log: CommandDetails = {
  permission: 'administer',
  positionals: {
    action: { about: 'help.log.action', choices: ['export'] },
  },
  options: {
    since: { about: 'option.log-since', type: 'string', requiresArg: true },
    campaign: { about: 'option.log-campaign', type: 'string', requiresArg: true },
    format: {
      about: 'option.log-format-of-file',
      type: 'string',
      choices: ['csv', 'jsonl'],
      default: 'csv',
      requiresArg: true,
    },
    output: { about: 'option.output', type: 'string', alias: 'o', requiresArg: true },
  },
  examples: [
    ['plazcast log export -o log.csv', 'help.log.all'],
    ['plazcast log export --since 2026-03-01 --campaign spring-sale-2026', 'help.log.some'],
  ],
  run: async (...asked) => (await import('../log-of-actions/log-command.js')).logCommand(...asked),
};
