import type { EnteredStatus, SharedStatus } from '../../app/status/shared-status.js';
import { harmless } from '../../core/harmless.js';
import type { Cli } from '../command.js';

/** Which machines wait for campaigns, and what each process holds; nothing where one machine has the ledger. */
export function sharedLines(shared: SharedStatus | null, { translate }: Cli): readonly string[] {
  if (shared === null) return [];
  const { machines, leases } = shared;
  const machineLines = machines.map(({ host, pid, workspace, workers, startedAt: since }) =>
    translate('status.machine', { host: harmless(host), pid: String(pid), workspace, workers, since }),
  );
  const leaseLines = leases.map(({ host, pid, ...lease }) =>
    translate('status.lease', { ...lease, host: harmless(host), pid: String(pid) }),
  );
  return [
    '',
    ...(machineLines.length === 0
      ? [translate('status.no-machines')]
      : [translate('status.machines'), ...machineLines.map(indented)]),
    ...(leaseLines.length === 0 ? [] : [translate('status.leases'), ...leaseLines.map(indented)]),
  ];
}

/** Who confirmed the run, and why it has not ended. */
export function enteredLines(entered: EnteredStatus | null, { translate }: Cli): readonly string[] {
  if (entered === null) return [];
  const { by, host, enteredAt: since } = entered.run;
  return [
    translate('status.entered', {
      by: harmless(by),
      host: harmless(host),
      since,
      why: translate(entered.why),
    }),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}
