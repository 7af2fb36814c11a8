import { actionsIn } from './actions.js';
import { approvalsIn } from './approvals.js';
import { campaignsIn } from './campaigns.js';
import { findingIn } from './finding.js';
import { importReadsIn } from './imports.js';
import { launchesIn } from './launches.js';
import { reportsIn } from './report-summary.js';
import { runReadsIn } from './runs.js';
import { statusIn } from './status-facts.js';
import type { Store } from './steps.js';
import { listsIn } from './suppressions.js';
import { teamIn } from './team.js';
import { templatesIn } from './template-lists.js';
import { testSendsIn } from './test-sends.js';
import type { LeaseSql } from './uncertain.js';

/** The sections of a ledger, as far as both databases do them alike; each database adds to some what it does in its own way. */
export const sectionsIn = (store: Store, leases: LeaseSql) => ({
  actions: actionsIn(store),
  approvals: approvalsIn(store),
  campaigns: campaignsIn(store),
  finding: findingIn(store),
  imports: importReadsIn(store),
  launches: launchesIn(store),
  lists: listsIn(store),
  reports: reportsIn(store),
  runs: runReadsIn(store),
  status: statusIn(store, leases),
  team: teamIn(store),
  templates: templatesIn(store),
  testSends: testSendsIn(store),
});
