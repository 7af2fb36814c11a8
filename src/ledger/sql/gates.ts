import { LONGEST_RETRY_AFTER_MS } from '../../core/backoff.js';
import type { GateStore } from '../../core/ledger/ledger.js';
import type { CanaryStand } from '../../core/ledger/runs.js';
import type { LedgerFailure, Written } from '../../core/ports.js';
import { dailyUse } from './daily-use.js';
import { oneRow, type Params, rows, run, type Store } from './steps.js';

/**
 * What the gates ask of the ledger: for one campaign. Moments are epoch milliseconds.
 *
 * @param failureOf what an error of this store means for a run
 */
export function gatesIn(
  store: Store,
  failureOf: (error: unknown) => LedgerFailure,
  campaignId: number,
  workspace: string,
): GateStore {
  const written = async (text: string, params: Params): Promise<Written> => {
    try {
      await store.each(run(text, { campaignId, ...params }));
      return { kind: 'written' };
    } catch (error) {
      return failureOf(error);
    }
  };
  return {
    pendingCountries: async () =>
      (await store.each(rows<{ country: string }>(PENDING_COUNTRIES, { campaignId }))).map(
        ({ country }) => country,
      ),
    postpone: (country, until) => written(POSTPONE, { country, until }),
    forgetPostponing: (at) => written(FORGET_POSTPONING, { latest: at + LONGEST_RETRY_AFTER_MS }),
    dailyUse: (perDay, at) => store.each(dailyUse(workspace, perDay, at)),
    canaryUse: () =>
      store.each(oneRow<CanaryStand>(canaryUse(store.dialect.member('halt', 'code')), { campaignId })),
    passCanary: (at) => written(PASS_CANARY, { at }),
  };
}

/** Countries of the people of a campaign who are still pending. */
const PENDING_COUNTRIES =
  "SELECT DISTINCT country FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'";

/** Nobody of a country is due before `until`. */
const POSTPONE = `
  UPDATE deliveries SET due_at = @until, reason = 'window'
  WHERE campaign_id = @campaignId AND status = 'pending' AND country = @country AND due_at < @until`;

/** Whom a window put off is due at once; who is to be tried again, at `latest`. */
const FORGET_POSTPONING = `
  UPDATE deliveries SET due_at = CASE WHEN reason = 'window' THEN 0 ELSE CAST(@latest AS bigint) END,
    reason = nullif(reason, 'window')
  WHERE campaign_id = @campaignId AND status = 'pending' AND due_at > 0 AND (reason = 'window' OR due_at > @latest)`;

const PASS_CANARY = 'UPDATE campaigns SET canary_passed_at = @at WHERE id = @campaignId';

/**
 * How the first messages stand, since a canary that halted a run: those with attempts of a later one, by their ids, because
 * the clock may have been set. `haltCode`: the code in a run's `halt`, as an expression.
 */
function canaryUse(haltCode: string): string {
  return `
  WITH halted AS (SELECT max(id) AS id FROM runs WHERE campaign_id = @campaignId AND ${haltCode} = 'halt.canary'),
  since AS (SELECT delivery_id FROM attempts WHERE id > (
    SELECT min(after_attempt_id) FROM runs WHERE campaign_id = @campaignId AND id > (SELECT id FROM halted)))
  SELECT c.canary_passed_at AS "passedAt", count(d.id) AS begun,
    count(*) FILTER (WHERE d.status IN ('accepted', 'refused', 'exhausted', 'uncertain')) AS ended,
    count(*) FILTER (WHERE d.status IN ('refused', 'exhausted', 'uncertain')
      OR d.confirmation = 'failed') AS failed,
    max(d.last_attempt_at) AS "lastEndedAt"
  FROM campaigns c LEFT JOIN deliveries d
    ON d.campaign_id = c.id AND d.status IN ('sending', 'accepted', 'refused', 'exhausted', 'uncertain')
    AND ((SELECT id FROM halted) IS NULL OR d.id IN (SELECT delivery_id FROM since))
  WHERE c.id = @campaignId GROUP BY c.id, c.canary_passed_at`;
}
