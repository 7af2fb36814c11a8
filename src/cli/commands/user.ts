import { ROLES } from '../../core/team/roles.js';
import type { CommandDetails } from '../command.js';

export const user: CommandDetails = {
  permission: 'administer',
  positionals: {
    action: { about: 'help.user.action', choices: ['add', 'list', 'role', 'password', 'remove'] },
    name: { about: 'help.user.name' },
  },
  options: {
    role: { about: 'option.role', type: 'string', array: true, choices: ROLES, requiresArg: true },
    oidc: { about: 'option.oidc', type: 'string', requiresArg: true },
    'password-stdin': { about: 'option.password-stdin', type: 'boolean', default: false },
  },
  examples: [
    ['plazcast user add ana --role admin --role sender', 'help.user.add'],
    ['plazcast user add luis@example.com --role marketer --oidc luis@example.com', 'help.user.oidc'],
    ['plazcast user list', 'help.user.list'],
    ['plazcast user role ana --role admin', 'help.user.role'],
  ],
  run: async (...asked) => (await import('../user/user-command.js')).userCommand(...asked),
};
