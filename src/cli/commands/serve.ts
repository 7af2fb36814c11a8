import type { CommandDetails } from '../command.js';

export const serve: CommandDetails = {
  permission: 'see',
  options: {
    port: { about: 'option.serve-port', type: 'string', requiresArg: true },
    campaigns: { about: 'option.campaigns', type: 'string', requiresArg: true },
    open: { about: 'option.open', type: 'boolean', default: true },
  },
  outlivesOutput: true,
  examples: [
    ['plazcast serve', 'help.serve.plain'],
    ['plazcast serve --port 8080 --campaigns ~/campaigns --no-open', 'help.serve.port'],
  ],
  run: async (...asked) => (await import('../serve/serve-command.js')).serveCommand(...asked),
};
