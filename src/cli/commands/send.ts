import type { CommandDetails } from '../command.js';
import { ACCEPT_FAILOVER, ACCEPT_LEDGER, OVERRIDES, SANDBOX, TRUST_HOST } from './shared-options.js';

export const send: CommandDetails = {
  permission: (args) => (args.flag('sandbox') || args.flag('dry-run') ? 'test' : 'send'),
  positionals: { campaign: { about: 'help.campaign-path' } },
  options: {
    ...SANDBOX,
    ...TRUST_HOST,
    'dry-run': { about: 'option.dry-run', type: 'boolean', default: false },
    limit: { about: 'option.limit', type: 'string', requiresArg: true },
    ...OVERRIDES,
    wait: { about: 'option.wait', type: 'boolean', default: true },
    'expect-plan': { about: 'option.expect-plan', type: 'string', requiresArg: true },
    detach: { about: 'option.detach', type: 'boolean', default: false },
    'accept-changes': { about: 'option.accept-changes', type: 'boolean', default: false },
    ...ACCEPT_LEDGER,
    ...ACCEPT_FAILOVER,
  },
  examples: [
    ['plazcast send campaigns/welcome --sandbox', 'help.send.sandbox'],
    ['plazcast send campaigns/welcome --limit 20', 'help.send.limit'],
    ['plazcast send campaigns/* --rate 40/s --yes', 'help.send.several'],
  ],
  outlivesOutput: true,
  run: async (args, cli) => {
    if (args.flag('detach')) {
      const { detachedSend } = await import('../send/detach.js');
      return detachedSend(args, cli, send.options);
    }
    if (args.flag('dry-run')) {
      const { checkCommand } = await import('../check/check-command.js');
      return checkCommand(args, cli);
    }
    const { sendCommand } = await import('../send/send-command.js');
    return sendCommand(args, cli);
  },
};
