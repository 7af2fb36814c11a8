import type { CommandDetails } from '../command.js';

export const serve: CommandDetails = {
  // Whether what is sent needs approval is an administrator's to say.
  permission: (args) => (args.text('approval') === null ? 'see' : 'administer'),
  options: {
    port: { about: 'option.serve-port', type: 'string', requiresArg: true },
    campaigns: { about: 'option.campaigns', type: 'string', requiresArg: true },
    approval: {
      about: 'option.serve-approval',
      type: 'string',
      choices: ['required', 'off'],
      requiresArg: true,
    },
    open: { about: 'option.open', type: 'boolean', default: true },
  },
  outlivesOutput: true,
  examples: [
    ['plazcast serve', 'help.serve.plain'],
    ['plazcast serve --port 8080 --campaigns ~/campaigns --no-open', 'help.serve.port'],
  ],
  run: async (...asked) => (await import('../serve/serve-command.js')).serveCommand(...asked),
};
