import type { CommandDetails } from '../command.js';

export const forget: CommandDetails = {
  permission: 'administer',
  positionals: { phone: { about: 'help.forget-phone' } },
  options: {
    'older-than': { about: 'option.older-than', type: 'string', requiresArg: true },
    country: { about: 'option.country', type: 'string', requiresArg: true },
  },
  examples: [
    ['plazcast forget +51987654321', 'help.forget.one'],
    ['plazcast forget --older-than 24m', 'help.forget.old'],
  ],
  run: async (...asked) => (await import('../forget/forget-command.js')).forgetCommand(...asked),
};
