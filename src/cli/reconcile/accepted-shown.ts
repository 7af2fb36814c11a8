import { typedCommand } from '../../app/typed-command.js';
import type { ReconcileReport } from '../../core/reconcile-report.js';
import type { Cli } from '../command.js';

/** Whose accepted people were looked for. */
interface Campaign {
  readonly name: string;
  readonly workspace: string;
}

/** Prints what the provider's list says of accepted people, and what to type to see who they are. */
export function showAccepted(
  { acceptedPeople, scan, uncertain }: ReconcileReport,
  { name, workspace }: Campaign,
  cli: Cli,
): void {
  if (acceptedPeople === null) return;
  const { translate, terminal } = cli;
  const { accepted, found, failed, missing, twice, unknown } = acceptedPeople;
  const problem = scan?.problem ?? null;
  // Where somebody was uncertain, it was told with what became of them.
  if (problem !== null && uncertain === 0)
    terminal.line(`${terminal.colours.yellow(translate('cli.note'))} ${translate(problem)}`);
  if (found > 0 || problem === null) terminal.line(translate('accepted.looked', { accepted, found, failed }));
  const off = { missing: missing ?? 0, twice: twice ?? 0, unknown: unknown ?? 0 };
  const isOff = off.missing + off.twice + off.unknown > 0;
  if (isOff) terminal.line(translate('accepted.off', off));
  if (!isOff && failed === 0) return;
  const command = typedCommand(['reconcile', name, '--audit'], workspace, cli);
  terminal.line(translate('accepted.who', { command }));
}
