import type { Say } from '../../core/problem.js';

/** Reasons of deliveries that there are words for. */
const REASONS = [
  'not-on-whatsapp',
  'not-reachable',
  'opted-out',
  'not-now',
  'row-data',
  'refused',
  'no-answer',
  'unclear-answer',
  'run-died',
  'in-list',
  'attempts-used-up',
  'deferred',
] as const;

/** The reason of a delivery in words; one that nobody has seen yet stays as it stands in the ledger. */
export function reasonText(reason: string, say: Say): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? reason : say(`report.reason.${known}`);
}
