import type pg from 'pg';
import type { ImportSummary, ImportTarget } from '../../core/ledger/imports.js';
import type { RowVerdict } from '../../core/recipient.js';
import { knownFingerprint } from '../sql/fingerprint.js';
import type { Sql } from './database.js';
import { hideForgotten, holdOffForgetting, skipForgotten } from './import-forgotten.js';
import { stageRows } from './stage-rows.js';
import { takeSteps } from './store.js';

/**
 * Takes a file in: people already known keep their status; those not yet sent get the new values; who is gone from the file
 * is skipped. Within the caller's transaction.
 */
export async function importStaged(
  sql: Sql,
  client: pg.ClientBase,
  { campaignId, source, at }: ImportTarget,
  batches: AsyncIterable<readonly RowVerdict[]>,
): Promise<ImportSummary> {
  const { file, fileDigest, settingsDigest } = source;
  await holdOffForgetting(sql);
  const begun = await sql.row<{ id: number }>(BEGIN, { campaignId, file, fileDigest, settingsDigest, at });
  const into = { campaignId, importId: begun?.id ?? 0 };
  for (const left of ['rejections', 'duplicates'])
    await sql.run(`DELETE FROM ${left} WHERE campaign_id = @campaignId`, { campaignId });
  const fingerprint = await takeSteps(sql, knownFingerprint());
  await stageRows(sql, client, batches, fingerprint);
  const anyForgotten = fingerprint !== null && (await hideForgotten(sql, campaignId));
  const isFirst = (await sql.row(EARLIER, into)) === undefined;
  const welcomed = await sql.run(WELCOME, into);
  await sql.run(WELCOME_CONTENTS);
  const rejected = await sql.run(REJECT, { campaignId });
  const met = await meetKnown(sql, into);
  if (anyForgotten) await skipForgotten(sql, campaignId);
  const removed = isFirst ? 0 : await sql.run(REMOVE, into);
  const recipients = welcomed + met.again;
  const rows = recipients + met.duplicates + rejected;
  const { duplicates, changedAfterAccepted } = met;
  const summary = { rows, recipients, duplicates, rejected, removed, changedAfterAccepted };
  await sql.run(COUNT, {
    rows,
    recipients,
    duplicates,
    rejected,
    changedAfterAccepted,
    importId: into.importId,
  });
  const columns = JSON.stringify(source.columns);
  await sql.run(ENTER, { columns, welcomed, campaignId });
  if (welcomed >= WORTH_ANALYSING) await sql.run('ANALYZE deliveries, contents');
  return summary;
}

/** So many new rows that the server's idea of the tables is wrong until it has looked again, which takes it a minute. */
const WORTH_ANALYSING = 5_000;

/** Where an import goes. */
interface Into {
  readonly [name: string]: number;
  readonly campaignId: number;
  readonly importId: number;
}

/** Rows of people who stand in this file twice, or whom an earlier import brought. */
async function meetKnown(
  sql: Sql,
  into: Into,
): Promise<{ readonly duplicates: number; readonly again: number; readonly changedAfterAccepted: number }> {
  await sql.run(MEET, into);
  const duplicates = await sql.run(REPEAT, into);
  const changed = await sql.row<{ count: number }>(CHANGED_AFTER_ACCEPTED);
  await sql.run(TAKE_BACK);
  const again = await sql.run(SEE_AGAIN, into);
  await sql.run(NEW_CONTENTS);
  await sql.run(NEW_CELLS);
  return { duplicates, again, changedAfterAccepted: changed?.count ?? 0 };
}

const BEGIN = `
  INSERT INTO imports (campaign_id, file, file_digest, settings_digest, rows, recipients, duplicates, rejected, imported_at)
  VALUES (@campaignId, @file, @fileDigest, @settingsDigest, 0, 0, 0, 0, @at) RETURNING id`;

/** With no import before it, nobody can be gone: a look at every row less. */
const EARLIER = 'SELECT 1 FROM imports WHERE campaign_id = @campaignId AND id < @importId LIMIT 1';

/** Who is new; of a person who stands in the file twice the first row. */
const WELCOME = `
  INSERT INTO deliveries (id, campaign_id, person, key, phone, country, line, import_id)
  SELECT id, CAST(@campaignId AS bigint), person, key, phone, country, line, CAST(@importId AS bigint)
  FROM staged WHERE person IS NOT NULL ORDER BY id
  ON CONFLICT (person, campaign_id, key) DO NOTHING`;

const WELCOME_CONTENTS = `
  INSERT INTO contents (delivery_id, body, header, attachment, repaired, cells)
  SELECT s.id, s.body, s.header, s.attachment, s.repaired, s.cells FROM staged s JOIN deliveries d ON d.id = s.id`;

const REJECT = `
  INSERT INTO rejections (campaign_id, line, row_number, phone, reason, column_name, value, cells)
  SELECT CAST(@campaignId AS bigint), line, row_number, phone, reason, column_name, value, cells
  FROM staged WHERE person IS NULL ORDER BY id`;

/** `turn`: which row of the file it is for that delivery, a new one's own row not counted. */
const MEET = `
  CREATE TEMP TABLE met ON COMMIT DROP AS
  SELECT s.id AS staged_id, d.id AS delivery_id, d.import_id = @importId AS is_new, d.status, d.line AS known_line,
    row_number() OVER rows_of_one AS turn, first_value(s.line) OVER rows_of_one AS first_line
  FROM staged s JOIN deliveries d ON d.person = s.person AND d.campaign_id = @campaignId AND d.key = s.key
  WHERE d.id <> s.id
  WINDOW rows_of_one AS (PARTITION BY d.id ORDER BY s.id)`;

const REPEAT = `
  INSERT INTO duplicates (campaign_id, line, first_line, phone, cells)
  SELECT CAST(@campaignId AS bigint), s.line, CASE WHEN m.is_new THEN m.known_line ELSE m.first_line END, s.phone, s.cells
  FROM met m JOIN staged s ON s.id = m.staged_id WHERE m.is_new OR m.turn > 1 ORDER BY s.id`;

/** The first row in this file of whom an earlier import brought. */
const AGAIN = 'NOT m.is_new AND m.turn = 1';

/**
 * Nothing went out, or will go out again: the new values hold. As it stands now: an answer that was late may have come since
 * they were met.
 */
const OPEN = "d.status IN ('pending', 'refused', 'exhausted', 'skipped')";

const CHANGED_AFTER_ACCEPTED = `
  SELECT count(*) AS count FROM met m JOIN staged s ON s.id = m.staged_id
    LEFT JOIN contents c ON c.delivery_id = m.delivery_id
  WHERE ${AGAIN} AND m.status = 'accepted'
    AND (c.body, c.header, c.attachment) IS DISTINCT FROM (s.body, s.header, s.attachment)`;

const TAKE_BACK = `
  UPDATE deliveries d SET status = 'pending', reason = NULL FROM met m
  WHERE d.id = m.delivery_id AND ${AGAIN} AND d.status = 'skipped' AND d.reason = 'removed'`;

/** From here on nobody else changes them. */
const SEE_AGAIN = `
  UPDATE deliveries d SET import_id = @importId, line = s.line, phone = CASE WHEN ${OPEN} THEN s.phone ELSE d.phone END
  FROM met m JOIN staged s ON s.id = m.staged_id WHERE d.id = m.delivery_id AND ${AGAIN}`;

const NEW_CONTENTS = `
  INSERT INTO contents (delivery_id, body, header, attachment, repaired, cells)
  SELECT m.delivery_id, s.body, s.header, s.attachment, s.repaired, s.cells
  FROM met m JOIN staged s ON s.id = m.staged_id JOIN deliveries d ON d.id = m.delivery_id WHERE ${AGAIN} AND ${OPEN}
  ON CONFLICT (delivery_id) DO UPDATE SET body = excluded.body, header = excluded.header, attachment = excluded.attachment,
    repaired = excluded.repaired, cells = excluded.cells`;

const NEW_CELLS = `
  UPDATE contents c SET cells = s.cells,
    newer = CASE WHEN d.status <> 'accepted' THEN CAST(json_build_array(s.body, s.header, s.attachment, s.repaired) AS text) END
  FROM met m JOIN staged s ON s.id = m.staged_id JOIN deliveries d ON d.id = m.delivery_id
  WHERE c.delivery_id = m.delivery_id AND ${AGAIN} AND NOT ${OPEN}`;

const REMOVE = `
  UPDATE deliveries SET status = 'skipped', reason = 'removed'
  WHERE campaign_id = @campaignId AND status = 'pending' AND import_id <> @importId`;

const COUNT = `
  UPDATE imports SET rows = @rows, recipients = @recipients, duplicates = @duplicates, rejected = @rejected,
    changed_after_accepted = @changedAfterAccepted WHERE id = @importId`;

const ENTER =
  'UPDATE campaigns SET columns = @columns, imported = imported + @welcomed WHERE id = @campaignId';
