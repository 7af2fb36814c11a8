import { workspaceFingerprint } from '../app/workspace.js';
import type { Problem } from '../core/problem.js';
import type { Args, Cli } from './command.js';
import { CommandFailure, EXIT } from './exit-codes.js';

/** A whole number given as an option, or null; anything else ends the command. Without `max` there is no upper end. */
export function integerOption(
  args: Args,
  name: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number | null {
  const text = args.text(name);
  if (text === null) return null;
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const params = { option: `--${name}`, min, value: text };
  const problem: Problem =
    max === Number.MAX_SAFE_INTEGER
      ? { code: 'cli.bad-number', params }
      : { code: 'cli.bad-number-between', params: { ...params, max } };
  throw new CommandFailure(EXIT.unusable, [problem]);
}

/**
 * Says that a workspace id on the command line, which is a credential, stands in the list of processes and in the shell's
 * history, and which way is better.
 */
export function sayVisibleId(id: string, { terminal, translate }: Pick<Cli, 'terminal' | 'translate'>): void {
  const fingerprint = workspaceFingerprint(id);
  terminal.aside(
    `${terminal.colours.yellow(translate('cli.note'))} ${translate('workspace.visible', { fingerprint })}`,
  );
}
