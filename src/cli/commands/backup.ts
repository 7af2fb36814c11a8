import type { CommandDetails } from '../command.js';

export const backup: CommandDetails = {
  permission: 'administer',
  positionals: { file: { about: 'help.backup-file' } },
  options: {},
  examples: [['plazcast backup plazcast-2026-03-21.db', 'help.backup']],
  run: async (...asked) => (await import('../backup/backup-command.js')).backupCommand(...asked),
};
