import type { DoNotContactLists } from '../../core/ledger/ledger.js';
import type { Suppression, SuppressionRecord } from '../../core/ledger/people.js';
import { phoneShown } from '../sql/fingerprint.js';
import {
  CLEAR_CAMPAIGN_LIST,
  IS_SUPPRESSED,
  LIST_PAGE,
  RAISE_TAKEN_OUT,
  WORKSPACE_LIST,
  WORKSPACES,
} from '../sql/suppressions.js';
import { chunksOf } from './chunks.js';
import type { Database, Sql } from './database.js';
import { knownFingerprint } from './fingerprint.js';
import { lockTakingOut } from './taking-out.js';

/** The do-not-contact lists. */
export function listsIn(db: Database): DoNotContactLists {
  return {
    workspaces: async () =>
      (await db.rows<{ workspace: string }>(WORKSPACES)).map(({ workspace }) => workspace),
    add: (workspace, entries, at) =>
      db.transaction((sql) => addSuppressions(sql, { workspace, campaignId: WORKSPACE_LIST, at }, entries)),
    remove: (workspace, people) => db.transaction((sql) => removeSuppressions(sql, workspace, people)),
    entries: (workspace, after) => listSuppressions(db, workspace, after),
    replaceOfCampaign: ({ id: campaignId, workspace }, entries, at) =>
      db.transaction(async (sql) => {
        await lockTakingOut(sql);
        await sql.run(CLEAR_CAMPAIGN_LIST, { workspace, campaignId });
        if (entries.length > 0) await addSuppressions(sql, { workspace, campaignId, at }, entries);
      }),
    isOn: async (workspace, person, at) =>
      (await db.row(IS_SUPPRESSED, { workspace, person, at })) !== undefined,
  };
}

/** Which list: a workspace's own, or that of a campaign's files. */
interface List {
  readonly workspace: string;
  readonly campaignId: number;
  readonly at: number;
}

const KNOWN = `
  SELECT count(*) AS count FROM suppressions
  WHERE workspace = @workspace AND campaign_id = @campaignId AND person = ANY(@persons::text[])`;

const ADD = `
  INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
  SELECT @workspace, e.person, CAST(@campaignId AS bigint), e.phone, e.reason, e.source, e.added_at, e.expires_at
  FROM unnest(@persons::text[], @phones::text[], @reasons::text[], @sources::text[], @addedAt::bigint[],
    @expiresAt::bigint[]) AS e (person, phone, reason, source, added_at, expires_at)
  ON CONFLICT (workspace, person, campaign_id) DO UPDATE SET phone = excluded.phone, reason = excluded.reason,
    source = excluded.source, added_at = excluded.added_at, expires_at = excluded.expires_at`;

const SKIP = `
  UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
  WHERE person = ANY(@persons::text[]) AND status = 'pending'
    AND campaign_id IN (SELECT id FROM campaigns WHERE workspace = @workspace AND (CAST(@campaignId AS bigint) = 0 OR id = @campaignId))`;

async function addSuppressions(
  sql: Sql,
  { workspace, campaignId, at }: List,
  entries: readonly Suppression[],
): Promise<number> {
  await lockTakingOut(sql);
  await sql.run(RAISE_TAKEN_OUT, { workspace });
  let added = 0;
  for (const chunk of chunksOf(entries)) {
    // Of a person who stands there twice the last entry holds: one statement cannot write a row twice.
    const each = [...new Map(chunk.map((entry) => [entry.person, entry])).values()];
    const persons = each.map(({ person }) => person);
    const known = await sql.row<{ count: number }>(KNOWN, { workspace, campaignId, persons });
    added += persons.length - (known?.count ?? 0);
    await sql.run(ADD, { workspace, campaignId, persons, ...columnsOf(each, at) });
    const now = each.filter(({ expiresAt }) => expiresAt === null || expiresAt > at);
    await sql.run(SKIP, { workspace, campaignId, persons: now.map(({ person }) => person) });
  }
  return added;
}

function columnsOf(entries: readonly Suppression[], at: number) {
  return {
    phones: entries.map(({ phone }) => phone),
    reasons: entries.map(({ reason }) => reason),
    sources: entries.map(({ source }) => source),
    addedAt: entries.map(({ addedAt }) => addedAt ?? at),
    expiresAt: entries.map(({ expiresAt }) => expiresAt),
  };
}

async function removeSuppressions(sql: Sql, workspace: string, people: Iterable<string>): Promise<number> {
  const fingerprint = await knownFingerprint(sql);
  let removed = 0;
  for (const chunk of chunksOf([...people])) {
    const persons = fingerprint === null ? chunk : [...chunk, ...chunk.map(fingerprint)];
    removed += await sql.run(
      'DELETE FROM suppressions WHERE workspace = @workspace AND campaign_id = 0 AND person = ANY(@persons::text[])',
      { workspace, persons },
    );
  }
  return removed;
}

async function* listSuppressions(sql: Sql, workspace: string, from = ''): AsyncGenerator<SuppressionRecord> {
  let after = from;
  for (;;) {
    const rows = await sql.rows<SuppressionRecord>(LIST_PAGE, { workspace, after });
    for (const row of rows) yield { ...row, phone: phoneShown(row.phone) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.person;
  }
}
