import { CAMPAIGNS_SQL } from './schema/campaigns.js';
import { DELIVERIES_SQL } from './schema/deliveries.js';
import { FORGETTING_SQL } from './schema/forgetting.js';
import { KNOWN_LEDGER_SQL } from './schema/known-ledger.js';
import { LEAN_CHECKS_SQL } from './schema/lean-checks.js';
import { CONFIRMED_SQL, SCAN_PURPOSES_SQL } from './schema/scan-purposes.js';
import { SENDERS_SQL } from './schema/senders.js';
import { SETTLING_SQL } from './schema/settling.js';
import { SETTLING_BY_VALUES_SQL } from './schema/settling-by-values.js';
import { TAKEN_OUT_SQL } from './schema/taken-out.js';

/**
 * The ledger's tables, as numbered migrations: `PRAGMA user_version` is the number of the last one applied.
 * A migration that was released is never edited; a change is a new one at the end.
 *
 * The schema itself refuses what must not be: two deliveries of one campaign to one person and key, two live
 * attempts of one delivery, a phone that is no digits, an accepted delivery that changes, an uncertain one that
 * goes back to pending without stored evidence, a changed or deleted attempt.
 */
export const MIGRATIONS: readonly string[] = [
  CAMPAIGNS_SQL + DELIVERIES_SQL + SETTLING_SQL + SENDERS_SQL,
  LEAN_CHECKS_SQL,
  TAKEN_OUT_SQL,
  FORGETTING_SQL,
  KNOWN_LEDGER_SQL,
  SETTLING_BY_VALUES_SQL,
  SCAN_PURPOSES_SQL,
  CONFIRMED_SQL,
];
