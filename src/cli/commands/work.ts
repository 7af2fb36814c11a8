import type { CommandDetails } from '../command.js';
import { ACCEPT_FAILOVER, TRUST_HOST } from './shared-options.js';

export const work: CommandDetails = {
  permission: 'operate',
  options: {
    workers: { about: 'option.workers', type: 'string', requiresArg: true },
    ...TRUST_HOST,
    ...ACCEPT_FAILOVER,
  },
  examples: [
    ['plazcast work --ledger postgres://plazcast@db.example:5432/plazcast', 'help.work.usual'],
    ['plazcast work --workers 2 --log-file work.log', 'help.work.several'],
  ],
  outlivesOutput: true,
  run: async (args, cli) => {
    const { workCommand } = await import('../work/work-command.js');
    return workCommand(args, cli);
  },
};
