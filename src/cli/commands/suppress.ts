import type { CommandDetails } from '../command.js';
import { LIST_ACCESS } from '../conversations/list-options.js';

export const suppress: CommandDetails = {
  permission: (args) => (['list', 'export'].includes(args.required('action')) ? 'see' : 'operate'),
  positionals: {
    action: { about: 'help.suppress.action', choices: ['add', 'import', 'remove', 'list', 'export'] },
    what: { about: 'help.suppress.what' },
  },
  options: {
    reason: { about: 'option.suppress-reason', type: 'string', requiresArg: true },
    source: { about: 'option.suppress-source', type: 'string', requiresArg: true },
    expires: { about: 'option.expires', type: 'string', requiresArg: true },
    country: { about: 'option.country', type: 'string', requiresArg: true },
    from: {
      about: 'option.suppress-from',
      type: 'string',
      choices: ['platica', 'chatbotx'],
      requiresArg: true,
    },
    output: { about: 'option.output', type: 'string', alias: 'o', requiresArg: true },
    ...LIST_ACCESS,
  },
  examples: [
    ['plazcast suppress add 51987654321 --reason "asked by phone"', 'help.suppress.add'],
    ['plazcast suppress import stop.csv --country PE --expires 90d', 'help.suppress.import'],
    ['plazcast suppress import --from chatbotx', 'help.suppress.import-from'],
    ['plazcast suppress export -o do-not-contact.csv', 'help.suppress.export'],
  ],
  run: async (...asked) => (await import('../suppress/suppress-command.js')).suppressCommand(...asked),
};
