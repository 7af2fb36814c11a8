import type { PlainCode } from '../../locales/index.js';
import type { CommandEntry, CommandSpec } from '../command.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  entry('init <folder>', async () => (await import('./init.js')).init),
  entry('check <campaign..>', async () => (await import('./check.js')).check),
  entry('templates [name]', async () => (await import('./templates.js')).templates),
  entry('test <campaign>', async () => (await import('./test.js')).test),
  entry('send <campaign..>', async () => (await import('./send.js')).send),
  entry('work', async () => (await import('./work.js')).work),
  entry('serve', async () => (await import('./serve.js')).serve),
  entry('status [campaign]', async () => (await import('./status.js')).status),
  entry('retry <campaign>', async () => (await import('./retry.js')).retry),
  entry('reconcile <campaign>', async () => (await import('./reconcile.js')).reconcile),
  entry('pause <campaign>', async () => (await import('./controls.js')).pause),
  entry('resume <campaign>', async () => (await import('./controls.js')).resume),
  entry('cancel <campaign>', async () => (await import('./controls.js')).cancel),
  entry('report <campaign>', async () => (await import('./report.js')).report),
  entry('conversations', async () => (await import('./conversations.js')).conversations),
  entry('audience', async () => (await import('./audience.js')).audience),
  entry('suppress <action> [what..]', async () => (await import('./suppress.js')).suppress),
  entry('sandbox', async () => (await import('./sandbox.js')).sandbox),
  entry('doctor', async () => (await import('./doctor.js')).doctor),
  entry('backup <file>', async () => (await import('./backup.js')).backup),
  entry('ledger <action> <from> <to>', async () => (await import('./ledger.js')).ledger),
  entry('user <action> [name]', async () => (await import('./user.js')).user),
  entry('log <action>', async () => (await import('./log.js')).log),
  entry('forget [phone]', async () => (await import('./forget.js')).forget),
];

/** The name of a command, which its usage begins with, is the code of its sentence, too. */
function entry(usage: Usage, details: CommandEntry['details']): CommandEntry {
  const [name = ''] = usage.split(' ');
  return { usage, about: `help.${name}` as PlainCode, details };
}

type Usage = Named<Extract<PlainCode, `help.${string}`>>;
type Named<C> = C extends `help.${infer Name}` ? Name | `${Name} ${string}` : never;

/** Loads the options and examples of commands. The list itself is light, so that `--help` is quick. */
export async function loadCommands(entries: readonly CommandEntry[]): Promise<readonly CommandSpec[]> {
  return await Promise.all(
    entries.map(async ({ usage, about, details }) => ({ usage, about, ...(await details()) })),
  );
}
