import { LASTS_AS_LONG } from '../sql/suppressions.js';
import type { Sql } from './database.js';

/**
 * To be taken first by an import: nobody is forgotten before its end. It would bring back who is forgotten between its look
 * at who was and its writing. Imports do not wait for each other.
 */
export async function holdOffForgetting(sql: Sql): Promise<void> {
  await sql.run('LOCK TABLE forgetting IN SHARE MODE');
}

/** To be taken first by who forgets, before any row: waits for the imports under way, and later ones for it. */
export async function awaitImports(sql: Sql): Promise<void> {
  await sql.run('LOCK TABLE forgetting IN ROW EXCLUSIVE MODE');
}

/**
 * Keeps an import from bringing back who was forgotten. In a campaign that had her, her row stands under her fingerprint and
 * without values, and is never sent. A campaign that did not have her may: her number is known again by that, and so are her
 * entry on the do-not-contact list and what she got.
 *
 * @returns whether rows stand under fingerprints now
 */
export async function hideForgotten(sql: Sql, campaignId: number): Promise<boolean> {
  const hidden = await sql.run(HIDE, { campaignId });
  await sql.run(RELINK);
  await sql.run(KNOW);
  return hidden > 0;
}

/** Rows that came in under a fingerprint are not to be sent. */
export async function skipForgotten(sql: Sql, campaignId: number): Promise<void> {
  await sql.run(SKIP, { campaignId });
}

const HIDE = `
  UPDATE staged s SET person = s.fingerprint, phone = s.fingerprint, country = '', body = '[]', header = '[]',
    attachment = NULL, repaired = NULL, cells = '[]'
  FROM forgotten f WHERE f.fingerprint = s.fingerprint
    AND EXISTS (SELECT 1 FROM deliveries d WHERE d.person = s.fingerprint AND d.campaign_id = @campaignId)`;

/**
 * Once for each person; where her number is on the list already, that entry stays. Somebody may put it there at this moment: then
 * what lasts longer holds.
 */
const RELINK = `
  WITH known AS (
    SELECT DISTINCT ON (s.fingerprint) s.fingerprint, s.person, s.phone
    FROM staged s JOIN forgotten f ON f.fingerprint = s.fingerprint
    WHERE s.person <> s.fingerprint ORDER BY s.fingerprint, s.id),
  taken AS (
    DELETE FROM suppressions x USING known
    WHERE x.person = known.fingerprint AND NOT EXISTS (
      SELECT 1 FROM suppressions o
      WHERE o.workspace = x.workspace AND o.campaign_id = x.campaign_id AND o.person = known.person)
    RETURNING x.workspace, known.person, x.campaign_id, known.phone, x.reason, x.source, x.added_at, x.expires_at)
  INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
  SELECT * FROM taken
  ON CONFLICT (workspace, person, campaign_id) DO UPDATE SET reason = excluded.reason, source = excluded.source,
    added_at = excluded.added_at, expires_at = excluded.expires_at
  ${LASTS_AS_LONG}`;

const KNOW = `
  UPDATE forgotten f SET known_as = s.person FROM staged s
  WHERE s.fingerprint = f.fingerprint AND s.person <> s.fingerprint AND f.known_as IS DISTINCT FROM s.person`;

const SKIP = `
  UPDATE deliveries SET status = 'skipped', reason = 'forgotten'
  WHERE campaign_id = @campaignId AND status = 'pending' AND length(person) = 19`;
