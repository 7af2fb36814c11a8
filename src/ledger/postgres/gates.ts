import { LONGEST_RETRY_AFTER_MS } from '../../core/backoff.js';
import type { GateStore } from '../../core/ledger/ledger.js';
import type { CanaryStand } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import { canaryUse, FORGET_POSTPONING, PASS_CANARY, PENDING_COUNTRIES, POSTPONE } from '../sql/gates.js';
import { dailyUse } from './daily-use.js';
import type { Database } from './database.js';
import type { Params } from './placeholders.js';
import { failureOf } from './postgres-problem.js';

/** What the gates ask of the ledger: for one campaign. Moments are epoch milliseconds. */
export function gatesIn(db: Database, file: string, campaignId: number, workspace: string): GateStore {
  const written = async (text: string, params: Params = {}): Promise<Written> => {
    try {
      await db.run(text, { campaignId, ...params });
      return { kind: 'written' };
    } catch (error) {
      return failureOf(error, file);
    }
  };
  return {
    pendingCountries: async () =>
      (await db.rows<{ country: string }>(PENDING_COUNTRIES, { campaignId })).map(({ country }) => country),
    postpone: (country, until) => written(POSTPONE, { country, until }),
    forgetPostponing: (at) => written(FORGET_POSTPONING, { latest: at + LONGEST_RETRY_AFTER_MS }),
    dailyUse: (perDay, at) => dailyUse(db, workspace, perDay, at),
    canaryUse: async () => (await db.row<CanaryStand>(CANARY_USE, { campaignId })) ?? NO_CAMPAIGN,
    passCanary: (at) => written(PASS_CANARY, { at }),
  };
}

const CANARY_USE = canaryUse("halt::json ->> 'code'");
const NO_CAMPAIGN: CanaryStand = { passedAt: null, begun: 0, ended: 0, failed: 0, lastEndedAt: null };
