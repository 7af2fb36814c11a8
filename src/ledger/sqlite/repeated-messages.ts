import type { Statement } from 'better-sqlite3';
import type { PlannedCampaign } from '../../core/ledger/imports.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import type { LedgerDatabase } from './open-ledger.js';

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** People looked at: enough for a warning, and no work that grows with the file. */
const SAMPLE = 20_000;

/**
 * The people of `planned` (person, body, header) who got the same template with the same values from another
 * campaign of the workspace after `@since`, the name of one such campaign, and how many were looked at.
 */
function repeatsOf(planned: string): string {
  return `SELECT count(DISTINCT planned.person) AS people, max(o.name) AS other,
      (SELECT count(*) FROM (${planned})) AS looked
    FROM (${planned}) AS planned
    JOIN deliveries d ON d.person = planned.person AND d.campaign_id IS NOT @id
      AND d.status IN ('accepted', 'uncertain') AND d.last_attempt_at > @since
    JOIN campaigns o ON o.id = d.campaign_id AND o.workspace = @workspace AND o.template = @template
    JOIN contents oc ON oc.delivery_id = d.id AND oc.body = planned.body AND oc.header = planned.header`;
}

const PENDING = `SELECT p.person, c.body, c.header FROM deliveries p JOIN contents c ON c.delivery_id = p.id
  WHERE p.campaign_id = @id AND p.status = 'pending' LIMIT ${SAMPLE}`;
const GIVEN = `SELECT value ->> 0 AS person, value ->> 1 AS body, value ->> 2 AS header FROM json_each(@rows)`;

interface Repeats {
  readonly people: number;
  readonly other: string | null;
  /** How many were looked at. */
  readonly looked: number;
}

/** The same message went to pending people of this campaign a few days ago: a campaign under a new name? */
export function repeatedInLedger(
  db: LedgerDatabase,
  { id, workspace, template }: PlannedCampaign,
  at: number,
): readonly Problem[] {
  const row = db.prepare(repeatsOf(PENDING)).get({ id, workspace, template, since: at - WEEK_MS }) as Repeats;
  return repeatWarning(row);
}

/** The same question about rows that are not in the ledger: `add` them as they are read, then ask for `warnings`. */
export class RepeatedMessages {
  readonly #repeats: Statement;
  readonly #given: Readonly<Record<string, unknown>>;
  #looked = 0;
  #people = 0;
  #other: string | null = null;

  constructor(db: LedgerDatabase, { id, workspace, template }: PlannedCampaign, at: number) {
    this.#repeats = db.prepare(repeatsOf(GIVEN));
    this.#given = { id, workspace, template, since: at - WEEK_MS };
  }

  /** True: enough people were looked at, and `add` does nothing more. */
  get isFull(): boolean {
    return this.#looked >= SAMPLE;
  }

  /** Takes in people who would be sent to. */
  add(recipients: readonly Recipient[]): void {
    const looked = recipients.slice(0, SAMPLE - this.#looked);
    if (looked.length === 0) return;
    this.#looked += looked.length;
    const rows = looked.map((r) => [r.person, JSON.stringify(r.body), JSON.stringify(r.header)]);
    const found = this.#repeats.get({ ...this.#given, rows: JSON.stringify(rows) }) as Repeats;
    this.#people += found.people;
    this.#other = found.other ?? this.#other;
  }

  /** The warning, or nothing. */
  warnings(): readonly Problem[] {
    return repeatWarning({ people: this.#people, other: this.#other, looked: this.#looked });
  }
}

function repeatWarning({ people, other, looked }: Repeats): readonly Problem[] {
  if (people === 0 || other === null) return [];
  const more = looked < SAMPLE ? 'no' : 'yes';
  return [{ code: 'warning.same-message', params: { people, other, more } }];
}

/** What the ledger finds odd about a campaign that it has imported. */
export function ledgerWarnings(
  db: LedgerDatabase,
  campaign: PlannedCampaign & { readonly id: number },
  at: number,
): readonly Problem[] {
  return [...sameNameWarnings(db, campaign), ...repeatedInLedger(db, campaign, at)];
}

/** The provider groups by campaignName: two campaigns under one name cannot be told apart there. */
export function sameNameWarnings(db: LedgerDatabase, campaign: PlannedCampaign): readonly Problem[] {
  if (campaign.campaignName === null) return [];
  const other = db
    .prepare('SELECT name FROM campaigns WHERE workspace = ? AND campaign_name = ? AND id IS NOT ? LIMIT 1')
    .pluck()
    .get(campaign.workspace, campaign.campaignName, campaign.id);
  if (typeof other !== 'string') return [];
  return [{ code: 'warning.same-campaign-name', params: { campaignName: campaign.campaignName, other } }];
}
