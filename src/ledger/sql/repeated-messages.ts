import type { PlannedCampaign } from '../../core/ledger/imports.js';
import type { Problem } from '../../core/problem.js';
import { oneRow, row, type Steps } from './steps.js';

/** What the ledger finds odd about a campaign that it has imported. */
export function* ledgerWarnings(
  campaign: PlannedCampaign & { readonly id: number },
  at: number,
): Steps<readonly Problem[]> {
  const sameName = yield* sameNameWarnings(campaign);
  const repeats = yield* oneRow<Repeats>(REPEATS_OF_PENDING, repeatsAsked(campaign, at));
  return [...sameName, ...repeatWarning(repeats)];
}

/** The provider groups by campaignName: two campaigns of a workspace under one name cannot be told apart there. */
export function* sameNameWarnings({
  id,
  workspace,
  campaignName,
}: PlannedCampaign): Steps<readonly Problem[]> {
  if (campaignName === null) return [];
  const other = yield* row<{ name: string }>(SAME_NAME, { id, workspace, campaignName });
  if (other === undefined) return [];
  return [{ code: 'warning.same-campaign-name', params: { campaignName, other: other.name } }];
}

const WEEK_MS = 7 * 24 * 60 * 60_000;
/** People looked at: enough for a warning, and no work that grows with the file. */
export const SAMPLE = 20_000;

/**
 * The people of `planned` (person, body, header) who got the same template with the same values from another
 * campaign of the workspace after `@since`, the name of one such campaign, and how many were looked at.
 *
 * `CROSS JOIN` keeps SQLite to this order (https://www.sqlite.org/optoverview.html, 7.3): from the campaigns on, it would go
 * through everybody who ever got the template, for each batch of rows.
 */
export function repeatsOf(planned: string): string {
  return `SELECT count(DISTINCT planned.person) AS people, max(o.name) AS other,
      (SELECT count(*) FROM (${planned}) AS looked) AS looked
    FROM (${planned}) AS planned CROSS JOIN deliveries d CROSS JOIN campaigns o CROSS JOIN contents oc
    WHERE d.person = planned.person AND d.campaign_id IS DISTINCT FROM @id
      AND d.status IN ('accepted', 'uncertain') AND d.last_attempt_at > @since
      AND o.id = d.campaign_id AND o.workspace = @workspace AND o.template = @template
      AND oc.delivery_id = d.id AND oc.body = planned.body AND oc.header = planned.header`;
}

/** `repeatsOf` the pending people of a campaign. */
export const REPEATS_OF_PENDING = repeatsOf(`
  SELECT p.person, c.body, c.header FROM deliveries p JOIN contents c ON c.delivery_id = p.id
  WHERE p.campaign_id = @id AND p.status = 'pending' ORDER BY p.due_at, p.id LIMIT ${SAMPLE}`);

/** Another campaign of the workspace with the same campaignName. */
const SAME_NAME = `
  SELECT name FROM campaigns WHERE workspace = @workspace AND campaign_name = @campaignName AND id IS DISTINCT FROM @id
  ORDER BY name LIMIT 1`;

/** What `repeatsOf` gives. */
export interface Repeats {
  readonly people: number;
  readonly other: string | null;
  /** How many were looked at. */
  readonly looked: number;
}

/** What fills `repeatsOf`. */
export function repeatsAsked({ id, workspace, template }: PlannedCampaign, at: number) {
  return { id, workspace, template, since: at - WEEK_MS };
}

/** The same message went to these people a few days ago: a campaign under a new name? */
export function repeatWarning({ people, other, looked }: Repeats): readonly Problem[] {
  if (people === 0 || other === null) return [];
  const more = looked < SAMPLE ? 'no' : 'yes';
  return [{ code: 'warning.same-message', params: { people, other, more } }];
}
