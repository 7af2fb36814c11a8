import type { Problem } from '../problem.js';

/** Whether a ledger is named by the address of a database, and not by a path. */
export function isDatabaseAddress(named: string): boolean {
  return /^postgres(?:ql)?:/iu.test(named);
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ledger.db-password',
  'ledger.db-no-host',
  'ledger.db-refused',
  'ledger.db-away',
  'ledger.db-tls',
  'ledger.db-connections',
]);

/** What may be otherwise in a moment, with nobody doing anything about it. */
const PASSING: ReadonlySet<string> = new Set([
  'ledger.busy',
  'ledger.db-away',
  'ledger.db-connections',
  'ledger.db-no-host',
  'ledger.db-refused',
  'ledger.db-standby',
  'ledger.lease-lost',
]);

/** Whether there is nothing but a ledger that is away or busy for a while, such as in a failover. */
export function isPassing(problems: readonly Problem[]): boolean {
  return problems.length > 0 && problems.every(({ code }) => PASSING.has(code));
}

/** Whether a ledger's database could not be reached, or refused the credentials. */
export function isUnreachable(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => UNREACHABLE.has(code));
}
