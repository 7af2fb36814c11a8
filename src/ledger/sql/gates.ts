/** Countries of the people of a campaign who are still pending. */
export const PENDING_COUNTRIES =
  "SELECT DISTINCT country FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'";

/** Nobody of a country is due before `until`. */
export const POSTPONE = `
  UPDATE deliveries SET due_at = @until, reason = 'window'
  WHERE campaign_id = @campaignId AND status = 'pending' AND country = @country AND due_at < @until`;

/** Whom a window put off is due at once; who is to be tried again, at `latest`. */
export const FORGET_POSTPONING = `
  UPDATE deliveries SET due_at = CASE WHEN reason = 'window' THEN 0 ELSE CAST(@latest AS bigint) END,
    reason = nullif(reason, 'window')
  WHERE campaign_id = @campaignId AND status = 'pending' AND due_at > 0 AND (reason = 'window' OR due_at > @latest)`;

export const PASS_CANARY = 'UPDATE campaigns SET canary_passed_at = @at WHERE id = @campaignId';

/**
 * How the first messages stand, since a canary that halted a run: those with attempts of a later one, by their ids, because
 * the clock may have been set. `haltCode`: the code in a run's `halt`, as an expression.
 */
export function canaryUse(haltCode: string): string {
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
