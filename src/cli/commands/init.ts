import type { CommandDetails } from '../command.js';

export const init: CommandDetails = {
  permission: 'prepare',
  positionals: { folder: { about: 'help.folder' } },
  options: { from: { about: 'option.from', type: 'string', requiresArg: true } },
  withoutLedger: true,
  examples: [
    ['plazcast init campaigns/spring-sale', 'help.init.plain'],
    ['plazcast init campaigns/spring-sale --from people.csv', 'help.init.from'],
  ],
  run: async (...asked) => (await import('../init/init-command.js')).initCommand(...asked),
};
