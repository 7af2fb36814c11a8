import type { CommandDetails } from '../command.js';

export const sandbox: CommandDetails = {
  permission: 'see',
  options: {
    port: { about: 'option.port', type: 'string', requiresArg: true },
    data: { about: 'option.sandbox-data', type: 'string', requiresArg: true },
    fault: { about: 'option.fault', type: 'string', array: true, requiresArg: true },
    rate: { about: 'option.sandbox-rate', type: 'string', requiresArg: true },
    seed: { about: 'option.seed', type: 'string', requiresArg: true },
    latency: { about: 'option.latency', type: 'string', requiresArg: true },
    workspace: { about: 'option.sandbox-workspace', type: 'string', requiresArg: true },
  },
  withoutLedger: true,
  examples: [
    ['plazcast sandbox --port 4010', 'help.sandbox.port'],
    ['plazcast sandbox --fault reset-after:10%', 'help.sandbox.fault'],
  ],
  run: async (...asked) => (await import('../sandbox/sandbox-command.js')).sandboxCommand(...asked),
};
