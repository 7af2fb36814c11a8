import type { CommandDetails } from '../command.js';
import { SANDBOX, TRUST_HOST } from './shared-options.js';

export const reconcile: CommandDetails = {
  permission: 'operate',
  positionals: { campaign: { about: 'help.campaign-known' } },
  options: {
    'resend-absent': { about: 'option.resend-absent', type: 'boolean', default: false },
    phone: { about: 'option.declare-phone', type: 'string', array: true, requiresArg: true },
    key: { about: 'option.declare-key', type: 'string', requiresArg: true },
    declare: { about: 'option.declare', type: 'string', choices: ['accepted', 'absent'], requiresArg: true },
    note: { about: 'option.note', type: 'string', requiresArg: true },
    audit: { about: 'option.audit', type: 'boolean', default: false },
    output: { about: 'option.audit-output', type: 'string', alias: 'o', requiresArg: true },
    'pages-per-second': { about: 'option.pages-per-second', type: 'string', requiresArg: true },
    ...SANDBOX,
    ...TRUST_HOST,
  },
  examples: [
    ['plazcast reconcile welcome', 'help.reconcile.plain'],
    ['plazcast reconcile welcome --resend-absent', 'help.reconcile.resend'],
    [
      'plazcast reconcile welcome --phone 51987654321 --declare absent --note asked',
      'help.reconcile.declare',
    ],
    ['plazcast reconcile welcome --audit', 'help.reconcile.audit'],
  ],
  run: async (...asked) => (await import('../reconcile/reconcile-command.js')).reconcileCommand(...asked),
};
