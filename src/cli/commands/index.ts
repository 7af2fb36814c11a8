import type { CommandEntry, CommandSpec } from '../command.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    usage: 'init <folder>',
    about: 'help.init',
    details: async () => (await import('./init.js')).init,
  },
  {
    usage: 'check <campaign..>',
    about: 'help.check',
    details: async () => (await import('./check.js')).check,
  },
  {
    usage: 'test <campaign>',
    about: 'help.test',
    details: async () => (await import('./test.js')).test,
  },
  {
    usage: 'send <campaign..>',
    about: 'help.send',
    details: async () => (await import('./send.js')).send,
  },
  {
    usage: 'status [campaign]',
    about: 'help.status',
    details: async () => (await import('./status.js')).status,
  },
  {
    usage: 'retry <campaign>',
    about: 'help.retry',
    details: async () => (await import('./retry.js')).retry,
  },
  {
    usage: 'reconcile <campaign>',
    about: 'help.reconcile',
    details: async () => (await import('./reconcile.js')).reconcile,
  },
  {
    usage: 'pause <campaign>',
    about: 'help.pause',
    details: async () => (await import('./controls.js')).pause,
  },
  {
    usage: 'resume <campaign>',
    about: 'help.resume',
    details: async () => (await import('./controls.js')).resume,
  },
  {
    usage: 'cancel <campaign>',
    about: 'help.cancel',
    details: async () => (await import('./controls.js')).cancel,
  },
  {
    usage: 'report <campaign>',
    about: 'help.report',
    details: async () => (await import('./report.js')).report,
  },
  {
    usage: 'conversations',
    about: 'help.conversations',
    details: async () => (await import('./conversations.js')).conversations,
  },
  {
    usage: 'audience',
    about: 'help.audience',
    details: async () => (await import('./audience.js')).audience,
  },
  {
    usage: 'suppress <action> [what..]',
    about: 'help.suppress',
    details: async () => (await import('./suppress.js')).suppress,
  },
  {
    usage: 'sandbox',
    about: 'help.sandbox',
    details: async () => (await import('./sandbox.js')).sandbox,
  },
  {
    usage: 'doctor',
    about: 'help.doctor',
    details: async () => (await import('./doctor.js')).doctor,
  },
  {
    usage: 'backup <file>',
    about: 'help.backup',
    details: async () => (await import('./backup.js')).backup,
  },
  {
    usage: 'forget [phone]',
    about: 'help.forget',
    details: async () => (await import('./forget.js')).forget,
  },
];

/** Loads the options and examples of commands. The list itself is light, so that `--help` is quick. */
export async function loadCommands(entries: readonly CommandEntry[]): Promise<readonly CommandSpec[]> {
  return await Promise.all(
    entries.map(async ({ usage, about, details }) => ({ usage, about, ...(await details()) })),
  );
}
