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
    'oidc-issuer': { about: 'option.serve-oidc-issuer', type: 'string', requiresArg: true },
    'oidc-client-id': { about: 'option.serve-oidc-client-id', type: 'string', requiresArg: true },
    open: { about: 'option.open', type: 'boolean', default: true },
  },
  outlivesOutput: true,
  examples: [
    ['plazcast serve', 'help.serve.plain'],
    ['plazcast serve --port 8080 --campaigns ~/campaigns --no-open', 'help.serve.port'],
    ['plazcast serve --oidc-issuer https://id.example.com --oidc-client-id plazcast', 'help.serve.oidc'],
  ],
  run: async (...asked) => (await import('../serve/serve-command.js')).serveCommand(...asked),
};
