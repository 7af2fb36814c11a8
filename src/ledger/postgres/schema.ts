import { CLAIM_DUE } from './claims.js';
import { HOLD_CLAIM } from './run-lease.js';
import { ACTIONS_SQL } from './schema/actions.js';
import { APPROVALS_SQL } from './schema/approvals.js';
import { CAMPAIGNS_SQL } from './schema/campaigns.js';
import { DELIVERIES_SQL } from './schema/deliveries.js';
import { LAUNCHES_SQL } from './schema/launches.js';
import { PEOPLE_SQL } from './schema/people.js';
import { RUNS_SQL } from './schema/runs.js';
import { SETTLING_SQL } from './schema/settling.js';
import { SHARED_RUNS_SQL } from './schema/shared-runs.js';
import { TEAM_SQL } from './schema/team.js';
import { TEMPLATE_LISTS_SQL } from './schema/template-lists.js';
import { WHOLE_LEDGER_SQL } from './schema/whole-ledger.js';
import { storedSql } from './stored.js';
import { RECORD_OUTCOMES } from './write-outcomes.js';

/** What is done for every few messages. */
const STORED_SQL = [HOLD_CLAIM, RECORD_OUTCOMES, CLAIM_DUE].map(storedSql).join('');

/** The ledger's tables, as numbered migrations. One that was released is never edited; a change is a new one at the end. */
export const MIGRATIONS: readonly string[] = [
  WHOLE_LEDGER_SQL +
    CAMPAIGNS_SQL +
    DELIVERIES_SQL +
    RUNS_SQL +
    SETTLING_SQL +
    PEOPLE_SQL +
    TEMPLATE_LISTS_SQL +
    SHARED_RUNS_SQL +
    LAUNCHES_SQL +
    ACTIONS_SQL +
    APPROVALS_SQL +
    TEAM_SQL +
    STORED_SQL,
];
