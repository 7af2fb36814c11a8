import type { ProcessMark } from '../../core/ledger/launches.js';

/** Logs of the processes that this one started for launches, and that have not ended. */
const LOGS = new Set<string>();

/** A process for a launch goes on from here until `ended`. */
export function childBegins(log: string): { readonly ended: () => void } {
  LOGS.add(log);
  return { ended: () => void LOGS.delete(log) };
}

/** Whether a process that writes to this log goes on. */
export function hasChild(log: string | null): boolean {
  return log !== null && LOGS.has(log);
}

/** Whether both are one process. */
export function isSameProcess(one: ProcessMark, other: ProcessMark | null): boolean {
  return one.host === other?.host && one.pid === other.pid && one.startedAs === other.startedAs;
}
