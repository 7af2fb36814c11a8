import { LONGEST_RETRY_AFTER_MS } from '../../core/backoff.js';
import type { GateStore } from '../../core/ledger/ledger.js';
import type { CanaryStand } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import { canaryUse, FORGET_POSTPONING, PASS_CANARY, PENDING_COUNTRIES, POSTPONE } from '../sql/gates.js';
import { dailyUse } from './daily-cap.js';
import { guarded } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { failureOf } from './run-writer.js';

/** What the gates ask of the ledger: for one campaign. Moments are epoch milliseconds. */
export function gatesIn(db: LedgerDatabase, campaignId: number, workspace: string): GateStore {
  const read = <T>(work: () => T): Promise<T> => guarded(db.name, work);
  const written = (sql: string, values: object): Promise<Written> =>
    Promise.resolve(writtenIn(db, sql, { campaignId, ...values }));
  return {
    pendingCountries: () => read(() => db.prepare(PENDING_COUNTRIES).pluck().all({ campaignId }) as string[]),
    postpone: (country, until) => written(POSTPONE, { country, until }),
    forgetPostponing: (at) => written(FORGET_POSTPONING, { latest: at + LONGEST_RETRY_AFTER_MS }),
    dailyUse: (perDay, at) => read(() => dailyUse(db, workspace, perDay, at)),
    canaryUse: () => read(() => db.prepare(CANARY_USE).get({ campaignId }) as CanaryStand),
    passCanary: (at) => written(PASS_CANARY, { at }),
  };
}

function writtenIn(db: LedgerDatabase, sql: string, values: object): Written {
  try {
    db.prepare(sql).run(values);
    return { kind: 'written' };
  } catch (error) {
    return failureOf(error, db.name);
  }
}

const CANARY_USE = canaryUse("halt ->> 'code'");
