import type { CommandSpec } from '../command.js';

export const backup: CommandSpec = {
  usage: 'backup <file>',
  about: 'help.backup',
  positionals: { file: { about: 'help.backup-file' } },
  options: {},
  examples: [['plazcast backup plazcast-2026-03-21.db', 'help.backup']],
  run: async (args, cli) => {
    const { backupCommand } = await import('../backup/backup-command.js');
    return backupCommand(args, cli);
  },
};
