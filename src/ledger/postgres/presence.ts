import type { Match } from '../../core/reconcile-assign.js';
import type { Presence, PresenceWritten, Recorded } from '../../core/reconcile-ports.js';
import { POSTGRES } from '../sql/dialect.js';
import { confirmationOf, isSettledBy, listedDetail, NOTHING } from '../sql/evidence.js';
import { type OwnedRecord, owningOf } from '../sql/owning.js';
import { lockedScan } from '../sql/scans.js';
import type { Sql } from './database.js';
import { addEvidence, attemptsAccepted, type LockedDelivery, lockDeliveries, settled } from './evidence.js';
import { takeSteps } from './store.js';

/** What a batch of persons is judged by. */
export interface Judged {
  readonly scanId: number;
  readonly campaignId: number;
  /** False: only confirmations are written. */
  readonly settle: boolean;
  readonly recorded: Recorded;
}

/** Writes whose the records are, settles what is present, and confirms what was accepted. In a transaction of the caller. */
export async function writePresence(sql: Sql, judged: Judged, found: Presence): Promise<PresenceWritten> {
  const { scanId, campaignId, settle } = judged;
  await takeSteps(sql, lockedScan(POSTGRES, scanId));
  const won = (await owned(sql, scanId, found)).filter(({ send }) => send.kind === 'delivery');
  const locked = await lockDeliveries(
    sql,
    won.map(({ send }) => send.id),
  );
  const written = { ...NOTHING };
  const accepted = won.filter(({ send }) => send.standing === 'accepted');
  written.confirmed = await confirm(sql, accepted, locked);
  const shownAfter = await confirmedUpTo(sql, campaignId);
  const own = accepted.filter(({ send }) => send.campaignId === campaignId);
  written.shown = own.filter(({ send }) => (send.attemptId ?? 0) > shownAfter).length;
  for (const match of settle ? await acceptListed(sql, judged, won, locked) : []) {
    if (match.send.campaignId !== campaignId) written.acceptedElsewhere += 1;
    else {
      written.accepted += 1;
      if (match.record.failed === true) written.failed += 1;
    }
  }
  return written;
}

const KNOWN = `
  SELECT record_id AS "recordId", kind, sent_id AS "sentId", extra FROM scan_matches
  WHERE scan_id = @scanId AND (record_id = ANY (@recordIds::text[])
    OR (extra = 0 AND (kind, sent_id) IN (SELECT * FROM unnest(@kinds::text[], @sentIds::bigint[]))))`;
const OWN = `
  INSERT INTO scan_matches (scan_id, record_id, kind, sent_id, extra)
  SELECT CAST(@scanId AS bigint), o.record_id, o.kind, o.sent_id, o.extra
  FROM unnest(@recordIds::text[], @kinds::text[], @sentIds::bigint[], @extras::bigint[])
    AS o (record_id, kind, sent_id, extra)
  ON CONFLICT (scan_id, record_id) DO UPDATE SET kind = excluded.kind, sent_id = excluded.sent_id, extra = excluded.extra`;

/** Gives the records their owners; the matches whose records were free. */
async function owned(sql: Sql, scanId: number, found: Presence): Promise<readonly Match[]> {
  const asked = [...found.matches, ...found.extra].map(({ send, record }) => ({
    recordId: record.id,
    kind: send.kind,
    sentId: send.id,
    extra: 0 as const,
  }));
  if (asked.length === 0) return [];
  const { rows, won } = owningOf(await sql.rows<OwnedRecord>(KNOWN, { scanId, ...listsOf(asked) }), found);
  if (rows.length > 0) await sql.run(OWN, { scanId, ...listsOf(rows) });
  return won;
}

function listsOf(rows: readonly OwnedRecord[]) {
  return {
    recordIds: rows.map(({ recordId }) => recordId),
    kinds: rows.map(({ kind }) => kind),
    sentIds: rows.map(({ sentId }) => sentId),
    extras: rows.map(({ extra }) => extra),
  };
}

async function confirmedUpTo(sql: Sql, campaignId: number): Promise<number> {
  const upTo = 'SELECT confirmed_attempt_id AS "attemptId" FROM campaigns WHERE id = @campaignId';
  return (await sql.row<{ attemptId: number }>(upTo, { campaignId }))?.attemptId ?? 0;
}

const CONFIRM = 'UPDATE deliveries SET confirmation = @confirmation WHERE id = ANY (@ids::bigint[])';

/** Accepted deliveries get what the list says of them; how many had another word before. */
async function confirm(
  sql: Sql,
  matches: readonly Match[],
  locked: ReadonlyMap<number, LockedDelivery>,
): Promise<number> {
  const news = matches.filter((match) => {
    const delivery = locked.get(match.send.id);
    return delivery !== undefined && delivery.confirmation !== confirmationOf(match);
  });
  for (const confirmation of ['listed', 'failed'] as const) {
    const ids = news.filter((match) => confirmationOf(match) === confirmation).map(({ send }) => send.id);
    if (ids.length > 0) await sql.run(CONFIRM, { confirmation, ids });
  }
  return news.length;
}

const OWNED_ELSEWHERE = `
  SELECT e.delivery_id AS "deliveryId", ${POSTGRES.member('e.detail', 'record', 'id')} AS "recordId", c.workspace
  FROM evidence e JOIN deliveries d ON d.id = e.delivery_id JOIN campaigns c ON c.id = d.campaign_id
  WHERE e.kind = 'listed' AND ${POSTGRES.member('e.detail', 'record', 'id')} = ANY (@recordIds::text[])
    AND c.workspace = (SELECT workspace FROM campaigns WHERE id = @campaignId)`;

/** Those whose record stored evidence gave to nobody else of the workspace. */
async function notOwnedElsewhere(
  sql: Sql,
  campaignId: number,
  matches: readonly Match[],
): Promise<readonly Match[]> {
  const recordIds = matches.map(({ record }) => record.id);
  const rows = await sql.rows<{ deliveryId: number; recordId: string }>(OWNED_ELSEWHERE, {
    campaignId,
    recordIds,
  });
  return matches.filter(
    ({ send, record }) => !rows.some((row) => row.recordId === record.id && row.deliveryId !== send.id),
  );
}

const ACCEPT = `
  UPDATE deliveries d SET status = 'accepted', reason = NULL, confirmation = m.confirmation, due_at = 0,
    contact_id = coalesce(d.contact_id, m.contact_id)
  FROM unnest(@ids::bigint[], @confirmations::text[], @contacts::text[]) AS m (id, confirmation, contact_id)
  WHERE d.id = m.id`;

/** `uncertain` (or called absent) → `accepted`, with the record as evidence; still no resend if it failed. */
async function acceptListed(
  sql: Sql,
  { scanId, campaignId, recorded }: Judged,
  won: readonly Match[],
  locked: ReadonlyMap<number, LockedDelivery>,
): Promise<readonly Match[]> {
  const open = won.filter(isSettledBy);
  if (open.length === 0) return [];
  const settling = await notOwnedElsewhere(sql, campaignId, open);
  const evidence = settling.map((match) => ({
    deliveryId: match.send.id,
    attemptId: Number(match.send.attemptId),
    detail: listedDetail(scanId, match),
  }));
  await addEvidence(sql, 'listed', evidence, recorded);
  const accepted = settling.filter(({ send }) => isOpen(locked.get(send.id)));
  await attemptsAccepted(
    sql,
    accepted.map(({ send }) => Number(send.attemptId)),
  );
  await sql.run(ACCEPT, {
    ids: accepted.map(({ send }) => send.id),
    confirmations: accepted.map(confirmationOf),
    contacts: accepted.map(({ record }) => record.contactId),
  });
  await settled(
    sql,
    settling.map(({ send }) => send.id),
  );
  return accepted;
}

/** A delivery that was claimed since it was read is left as it is, and so is one whose person was forgotten. */
function isOpen(delivery: LockedDelivery | undefined): boolean {
  if (delivery === undefined || delivery.reason === 'forgotten') return false;
  return delivery.status !== 'accepted' && delivery.status !== 'sending';
}
