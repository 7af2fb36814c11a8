import type { ClockReading } from '../../src/core/steady-time.js';
import * as campaigns from '../../src/ledger/sql/campaign-records.js';
import * as control from '../../src/ledger/sql/control.js';
import * as counts from '../../src/ledger/sql/counts.js';
import * as daily from '../../src/ledger/sql/daily-use.js';
import { type Dialect, SQLITE } from '../../src/ledger/sql/dialect.js';
import * as evidence from '../../src/ledger/sql/evidence.js';
import * as frequency from '../../src/ledger/sql/frequency.js';
import * as identity from '../../src/ledger/sql/identity.js';
import * as imports from '../../src/ledger/sql/imports.js';
import * as plan from '../../src/ledger/sql/plan-facts.js';
import * as repaired from '../../src/ledger/sql/repaired-rows.js';
import * as repeated from '../../src/ledger/sql/repeated-messages.js';
import * as report from '../../src/ledger/sql/report-summary.js';
import * as retry from '../../src/ledger/sql/requeue.js';
import * as runs from '../../src/ledger/sql/runs.js';
import * as status from '../../src/ledger/sql/status-facts.js';
import type { Steps } from '../../src/ledger/sql/steps.js';
import * as lists from '../../src/ledger/sql/suppressions.js';
import * as takenOut from '../../src/ledger/sql/taken-out.js';
import * as tests from '../../src/ledger/sql/test-sends.js';
import { NO_LEASES } from '../../src/ledger/sql/uncertain.js';
import * as unsettled from '../../src/ledger/sql/unsettled.js';
import type { ToldPolicy } from '../../src/ledger/sql/what-would-settle.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { takeSteps, takeTogether } from '../../src/ledger/sqlite/store.js';

/*
 * Procedures of both databases on a ledger of SQLite that a test has at hand, past its port: each at once, and what changes
 * something in one transaction.
 */

type OnSqlite<Args extends unknown[], T> = (db: LedgerDatabase, ...args: Args) => T;

const reading =
  <Args extends unknown[], T>(steps: (...args: Args) => Steps<T>): OnSqlite<Args, T> =>
  (db, ...args) =>
    takeSteps(db, steps(...args));

const changing =
  <Args extends unknown[], T>(steps: (...args: Args) => Steps<T>): OnSqlite<Args, T> =>
  (db, ...args) =>
    takeTogether(db, () => steps(...args));

type SettledBy = [campaignId: number, policy: ToldPolicy, now: ClockReading];

const inSqlite =
  <Args extends unknown[], T>(steps: (dialect: Dialect, ...args: Args) => Steps<T>) =>
  (...args: Args): Steps<T> =>
    steps(SQLITE, ...args);

export const openCampaign = changing(inSqlite(campaigns.openCampaign));
export const changesAfterSend = reading(campaigns.changesAfterSend);
export const pauseCampaign = changing(inSqlite(control.pauseCampaign));
export const resumeCampaign = changing(inSqlite(control.resumeCampaign));
export const cancelCampaign = changing(inSqlite(control.cancelCampaign));
export const countDeliveries = reading(counts.countDeliveries);
export const dailyUse = reading(daily.dailyUse);
export const listEvidence = reading(evidence.listEvidence);
export const ledgerId = (db: LedgerDatabase): string => takeSteps(db, identity.storedIdentity()).id;
export const holdsAttempt = reading(identity.holdsAttempt);
export const lastAttempt = reading(inSqlite(identity.lastAttempt));
export const lastImport = reading(imports.lastImport);
export const planFacts = reading(inSqlite(plan.planFacts));
export const countRepaired = reading(inSqlite(repaired.countRepaired));
export const repairedRows = reading(inSqlite(repaired.repairedRows));
export const ledgerWarnings = reading(repeated.ledgerWarnings);
export const sameNameWarnings = reading(repeated.sameNameWarnings);
export const reportSummary = reading(inSqlite(report.reportSummary));
export const requeue = changing(inSqlite(retry.requeue));
export const balanceOf = reading(runs.balanceOf);
export const endedUncleanly = reading(runs.endedUncleanly);
export const learnedRate = reading(runs.learnedRate);
export const keepLearnedRate = reading(runs.keepLearnedRate);
export const cappedPeople = reading(status.cappedPeople);
export const recentRatePerSecond = reading(status.recentRatePerSecond);
export const whatWouldSettle = reading((...asked: SettledBy) =>
  unsettled.whatWouldSettle(SQLITE, NO_LEASES, ...asked),
);
export const applyFrequencyLimit = changing(frequency.applyFrequencyLimit);
export const applySuppressions = changing(lists.applySuppressions);
export const removeSuppressions = changing(inSqlite(lists.removeSuppressions));
export const suppressionsPage = reading(lists.suppressionsPage);
export const skipTakenOut = changing(inSqlite(takenOut.skipTakenOut));
export const beginTestSend = changing(tests.beginTestSend);
export const endTestSend = reading(tests.endTestSend);
