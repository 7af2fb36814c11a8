import type { CommandDetails } from '../command.js';
import { SANDBOX, TRUST_HOST } from './shared-options.js';

export const report: CommandDetails = {
  permission: 'see',
  positionals: { campaign: { about: 'help.campaign-known' } },
  options: {
    format: {
      about: 'option.format',
      type: 'string',
      choices: ['csv', 'xlsx', 'html', 'json'],
      default: 'csv',
      requiresArg: true,
    },
    output: { about: 'option.output', type: 'string', alias: 'o', requiresArg: true },
    status: { about: 'option.report-status', type: 'string', array: true, requiresArg: true },
    delimiter: { about: 'option.delimiter', type: 'string', requiresArg: true },
    'replies-from': {
      about: 'option.replies-from',
      type: 'string',
      choices: ['platica', 'chatbotx'],
      requiresArg: true,
    },
    ...SANDBOX,
    ...TRUST_HOST,
  },
  examples: [
    ['plazcast report welcome', 'help.report.csv'],
    ['plazcast report welcome --format xlsx', 'help.report.xlsx'],
    ['plazcast report welcome --format html -o welcome.html', 'help.report.html'],
    ["plazcast report welcome --status refused --delimiter ';'", 'help.report.refused'],
  ],
  run: async (...asked) => (await import('../report/report-command.js')).reportCommand(...asked),
};
