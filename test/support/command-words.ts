import type { OptionSpec } from '../../src/cli/command.js';
import { COMMANDS, loadCommands } from '../../src/cli/commands/index.js';
import { GLOBAL_OPTIONS } from '../../src/cli/commands/shared-options.js';

const specs = await loadCommands(COMMANDS);

/** The options of a command, those of every command included. */
export function optionsOf(command: string): Readonly<Record<string, OptionSpec>> {
  const spec = specs.find(({ usage }) => usage.split(' ')[0] === command);
  return { ...GLOBAL_OPTIONS, ...spec?.options };
}

/** Every command, in the order of the help. */
export const COMMAND_NAMES = [...COMMANDS.map(({ usage }) => usage.split(' ')[0] ?? ''), 'completion'];
/** Options that the parser itself brings. */
export const EVERYWHERE = ['help', 'version'];

/** What is wrong with a command line: an option that its command does not have, or a choice that the option does not have. */
export function wrongIn(words: readonly string[]): readonly string[] {
  const [command = ''] = words;
  if (command.startsWith('-') || command.startsWith('<')) return [];
  if (!COMMAND_NAMES.includes(command)) return [`no command ${command}`];
  const options = optionsOf(command);
  return words.flatMap((word, index) => {
    const short = /^-([a-z])$/u.exec(word)?.[1];
    if (short !== undefined) {
      return Object.values(options).some(({ alias }) => alias === short)
        ? []
        : [`${command} has no -${short}`];
    }
    const name = /^--([a-z-]+)$/u.exec(word)?.[1];
    if (name === undefined || EVERYWHERE.includes(name)) return [];
    const option = options[name] ?? options[name.replace(/^no-/u, '')];
    if (option === undefined) return [`${command} has no --${name}`];
    const value = words[index + 1] ?? '';
    const { choices } = option;
    return choices === undefined || value.split(',').every((one) => choices.includes(one))
      ? []
      : [`${command} --${name} takes no ${value}`];
  });
}
