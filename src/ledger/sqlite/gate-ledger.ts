import type { DailyUse } from '../../core/ledger/campaigns.js';
import type { CanaryStand } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import { dailyUse } from './daily-cap.js';
import type { LedgerDatabase } from './open-ledger.js';
import { failureOf } from './run-writer.js';

/** What the gates ask of the ledger: for one campaign. Moments are epoch milliseconds. */
export class GateLedger {
  readonly #db: LedgerDatabase;
  readonly #campaignId: number;
  readonly #workspace: string;

  constructor(db: LedgerDatabase, campaignId: number, workspace: string) {
    this.#db = db;
    this.#campaignId = campaignId;
    this.#workspace = workspace;
  }

  /** Countries of the people who are still pending; `''` where the phone does not tell. */
  pendingCountries(): Promise<readonly string[]> {
    const countries = this.#db
      .prepare("SELECT DISTINCT country FROM deliveries WHERE campaign_id = ? AND status = 'pending'")
      .pluck()
      .all(this.#campaignId) as string[];
    return Promise.resolve(countries);
  }

  /** Nobody of this country is due before `until`. */
  postpone(country: string, until: number): Promise<Written> {
    return this.#written(
      `UPDATE deliveries SET due_at = ?, reason = 'window'
       WHERE campaign_id = ? AND status = 'pending' AND country = ? AND due_at < ?`,
      [until, this.#campaignId, country, until],
    );
  }

  /** To be called before the first look: a window may have been edited since it put people off. */
  forgetPostponing(): Promise<Written> {
    return this.#written(
      `UPDATE deliveries SET due_at = 0, reason = NULL
       WHERE campaign_id = ? AND status = 'pending' AND due_at > 0 AND reason = 'window'`,
      [this.#campaignId],
    );
  }

  dailyUse(perDay: number, at: number): Promise<DailyUse> {
    return Promise.resolve(dailyUse(this.#db, this.#workspace, perDay, at));
  }

  /** Since a canary that halted a run: its failures were looked at, and the next send begins another. */
  canaryUse(): Promise<CanaryStand> {
    const row = this.#db
      .prepare(
        `SELECT c.canary_passed_at AS passedAt, count(d.id) AS begun,
           count(*) FILTER (WHERE d.status IN ('accepted', 'refused', 'exhausted', 'uncertain')) AS ended,
           count(*) FILTER (WHERE d.status IN ('refused', 'exhausted', 'uncertain')
             OR d.confirmation = 'failed') AS failed,
           max(d.last_attempt_at) AS lastEndedAt
         FROM campaigns c LEFT JOIN deliveries d
           ON d.campaign_id = c.id AND d.status IN ('sending', 'accepted', 'refused', 'exhausted', 'uncertain')
           AND d.last_attempt_at > (SELECT coalesce(max(ended_at), 0) FROM runs
             WHERE campaign_id = c.id AND halt ->> 'code' = 'halt.canary')
         WHERE c.id = ?`,
      )
      .get(this.#campaignId);
    return Promise.resolve(row as CanaryStand);
  }

  passCanary(at: number): Promise<Written> {
    return this.#written('UPDATE campaigns SET canary_passed_at = ? WHERE id = ?', [at, this.#campaignId]);
  }

  #written(sql: string, values: readonly (string | number)[]): Promise<Written> {
    try {
      this.#db.prepare(sql).run(...values);
      return Promise.resolve({ kind: 'written' });
    } catch (error) {
      return Promise.resolve(failureOf(error, this.#db.name));
    }
  }
}
