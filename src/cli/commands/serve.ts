import type { CommandDetails } from '../command.js';

export const serve: CommandDetails = {
  // Whether what is sent needs approval is an administrator's to say.
  permission: (args) => (args.text('approval') === null ? 'see' : 'administer'),
  options: {
    port: { about: 'option.serve-port', type: 'string', requiresArg: true },
    listen: { about: 'option.listen', type: 'string', requiresArg: true },
    'tls-cert': { about: 'option.tls-cert', type: 'string', requiresArg: true },
    'tls-key': { about: 'option.tls-key', type: 'string', requiresArg: true },
    'behind-proxy': { about: 'option.behind-proxy', type: 'string', requiresArg: true },
    'proxy-address': { about: 'option.proxy-address', type: 'string', requiresArg: true },
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
    ['plazcast serve --listen 0.0.0.0:443 --tls-cert my.pem --tls-key my.key', 'help.serve.listen'],
  ],
  run: async (...asked) => (await import('../serve/serve-command.js')).serveCommand(...asked),
};
