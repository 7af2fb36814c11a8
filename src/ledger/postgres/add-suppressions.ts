import type { DoNotContactLists } from '../../core/ledger/ledger.js';
import type { Suppression } from '../../core/ledger/people.js';
import { chunksOf } from '../sql/chunks.js';
import { type Fingerprint, knownFingerprint } from '../sql/fingerprint.js';
import { CLEAR_CAMPAIGN_LIST, LASTS_AS_LONG, RAISE_TAKEN_OUT, WORKSPACE_LIST } from '../sql/suppressions.js';
import type { Database, Sql } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { takeSteps } from './store.js';
import { lockTakingOut } from './taking-out.js';

/** Which list: a workspace's own, or that of a campaign's files. */
export interface List {
  readonly workspace: string;
  readonly campaignId: number;
  readonly at: number;
}

/** Puts people on a list and skips what is pending for them; returns how many were not on it, not as somebody who was forgotten either. */
export async function addSuppressions(
  sql: Sql,
  list: List,
  entries: readonly Suppression[],
): Promise<number> {
  await stage(sql, entries, list.at);
  await lockTakingOut(sql);
  return takeIn(sql, list);
}

/** The same for a list that has nobody else on it afterwards. */
export async function replaceSuppressions(
  sql: Sql,
  list: List,
  entries: readonly Suppression[],
): Promise<void> {
  await stage(sql, entries, list.at);
  await lockTakingOut(sql);
  const { workspace, campaignId } = list;
  await sql.run(CLEAR_CAMPAIGN_LIST, { workspace, campaignId });
  if (entries.length > 0) await takeIn(sql, list);
}

/** Brings the list to the server: claims wait while people are taken out, and must not wait for the way there. */
async function stage(sql: Sql, entries: readonly Suppression[], at: number): Promise<void> {
  await sql.run(STAGED);
  const fingerprint = await takeSteps(sql, knownFingerprint());
  for (const chunk of chunksOf(oncePerPerson(entries)))
    await sql.run(STAGE, columnsOf(chunk, at, fingerprint));
  // Nobody else has looked at it yet, and without its size the server guesses.
  await sql.run('ANALYZE listed');
}

/** Of two entries for a person the later one that lasts as long: one statement cannot write a row twice. */
function oncePerPerson(entries: readonly Suppression[]): readonly Suppression[] {
  const each = new Map<string, Suppression>();
  for (const entry of entries) {
    const known = each.get(entry.person);
    if (known === undefined || endOf(entry) >= endOf(known)) each.set(entry.person, entry);
  }
  return [...each.values()];
}

function endOf({ expiresAt }: Suppression): number {
  return expiresAt ?? Number.POSITIVE_INFINITY;
}

async function takeIn(sql: Sql, { workspace, campaignId, at }: List): Promise<number> {
  const counted = await sql.row<{ count: number }>(NEW, { workspace, campaignId, at });
  await sql.run(ADD, { workspace, campaignId });
  await sql.run(SKIP, { workspace, campaignId, at });
  // Campaigns after their people, as an import locks them.
  await sql.run(RAISE_TAKEN_OUT, { workspace });
  return counted?.count ?? 0;
}

function columnsOf(entries: readonly Suppression[], at: number, fingerprint: Fingerprint | null) {
  return {
    persons: entries.map(({ person }) => person),
    phones: entries.map(({ phone }) => phone),
    reasons: entries.map(({ reason }) => reason),
    sources: entries.map(({ source }) => source),
    addedAt: entries.map(({ addedAt }) => addedAt ?? at),
    expiresAt: entries.map(({ expiresAt }) => expiresAt),
    erased: entries.map(({ person }) => fingerprint?.(person) ?? null),
  };
}

const STAGED = `
  CREATE TEMP TABLE listed (
    person text NOT NULL, phone text, reason text, source text, added_at bigint, expires_at bigint, erased text) ON COMMIT DROP`;

const STAGE = `
  INSERT INTO listed
  SELECT * FROM unnest(@persons::text[], @phones::text[], @reasons::text[], @sources::text[], @addedAt::bigint[],
    @expiresAt::bigint[], @erased::text[])`;

/** Who comes with an entry that has expired, and had such a one, comes to nothing new. */
const NEW = `
  SELECT count(*) AS count FROM listed l WHERE ${isNotListed('l.person')} AND ${isNotListed('l.erased')}`;

function isNotListed(person: string): string {
  return `NOT EXISTS (SELECT 1 FROM suppressions s
    WHERE s.workspace = @workspace AND s.campaign_id = @campaignId AND s.person = ${person}
      AND (s.expires_at IS NULL OR s.expires_at > @at OR l.expires_at <= @at))`;
}

const ADD = `
  INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
  SELECT @workspace, person, CAST(@campaignId AS bigint), phone, reason, source, added_at, expires_at FROM listed
  ON CONFLICT (workspace, person, campaign_id) DO UPDATE SET phone = excluded.phone, reason = excluded.reason,
    source = excluded.source, added_at = excluded.added_at, expires_at = excluded.expires_at
  ${LASTS_AS_LONG}`;

const SKIP = `
  UPDATE deliveries d SET status = 'skipped', reason = 'suppressed' FROM listed l
  WHERE d.person = l.person AND d.status = 'pending' AND (l.expires_at IS NULL OR l.expires_at > @at)
    AND d.campaign_id IN (SELECT id FROM campaigns WHERE workspace = @workspace AND (CAST(@campaignId AS bigint) = 0 OR id = @campaignId))`;

/** How people come onto the do-not-contact lists. */
export function additionsIn(
  db: Database,
  owned: OwnedWrites,
): Pick<DoNotContactLists, 'add' | 'replaceOfCampaign'> {
  return {
    add: (workspace, entries, at) =>
      db.transaction((sql) => addSuppressions(sql, { workspace, campaignId: WORKSPACE_LIST, at }, entries)),
    replaceOfCampaign: ({ id: campaignId, workspace }, entries, at) =>
      owned.transaction((sql) => replaceSuppressions(sql, { workspace, campaignId, at }, entries)),
  };
}
