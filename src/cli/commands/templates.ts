import type { CommandDetails } from '../command.js';
import { LIST_ACCESS } from '../conversations/list-options.js';

export const templates: CommandDetails = {
  permission: 'prepare',
  positionals: { name: { about: 'help.template-name' } },
  options: LIST_ACCESS,
  examples: [
    ['plazcast templates', 'help.templates.plain'],
    ['plazcast templates spring_sale_es --json', 'help.templates.one'],
  ],
  run: async (args, cli) => {
    const { templatesCommand } = await import('../templates/templates-command.js');
    return templatesCommand(args, cli);
  },
};
