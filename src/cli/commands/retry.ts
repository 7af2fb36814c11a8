import type { CommandDetails } from '../command.js';
import {
  ACCEPT_FAILOVER,
  ACCEPT_LEDGER,
  OVERRIDES,
  SANDBOX,
  separated,
  TRUST_HOST,
} from './shared-options.js';

export const retry: CommandDetails = {
  permission: 'operate',
  positionals: { campaign: { about: 'help.campaign-known' } },
  options: {
    status: {
      about: 'option.retry-status',
      type: 'string',
      array: true,
      choices: ['refused', 'exhausted'],
      coerce: separated,
      requiresArg: true,
    },
    code: { about: 'option.retry-code', type: 'string', requiresArg: true },
    phone: { about: 'option.retry-phone', type: 'string', requiresArg: true },
    'failed-before': { about: 'option.failed-before', type: 'string', requiresArg: true },
    'requeue-only': { about: 'option.requeue-only', type: 'boolean', default: false },
    limit: { about: 'option.limit', type: 'string', requiresArg: true },
    ...OVERRIDES,
    wait: { about: 'option.wait', type: 'boolean', default: true },
    ...ACCEPT_LEDGER,
    ...ACCEPT_FAILOVER,
    ...SANDBOX,
    ...TRUST_HOST,
  },
  examples: [
    ['plazcast retry welcome', 'help.retry.plain'],
    ['plazcast retry welcome --code 131049 --failed-before 2026-03-20', 'help.retry.code'],
    ['plazcast retry welcome --phone 51987654321 --requeue-only', 'help.retry.phone'],
  ],
  outlivesOutput: true,
  run: async (...asked) => (await import('../retry/retry-command.js')).retryCommand(...asked),
};
