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

/** Whether a ledger's database could not be reached, or refused the credentials. */
export function isUnreachable(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => UNREACHABLE.has(code));
}
