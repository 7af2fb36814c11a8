import type { Match } from '../../core/reconcile-assign.js';
import type { AbsenceProof, Presence, PresenceWritten, Recorded } from '../../core/reconcile-ports.js';
import type { SentValues } from '../../core/sent-values.js';
import { SQLITE } from '../sql/dialect.js';
import {
  confirmationOf,
  type EvidenceKind,
  isSettledBy,
  listedDetail,
  NOTHING,
  newerContentsSql,
  SCAN_PROOF,
} from '../sql/evidence.js';
import { valuesOf } from '../sql/known-sends.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

/** Stores one piece of evidence; inside a transaction of the caller. */
export function addEvidence(
  db: LedgerDatabase,
  about: { readonly deliveryId: number; readonly attemptId: number },
  kind: EvidenceKind,
  detail: Readonly<Record<string, unknown>>,
  { by, at }: Recorded,
): void {
  db.prepare(
    `INSERT INTO evidence (delivery_id, attempt_id, kind, detail, recorded_by, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(about.deliveryId, about.attemptId, kind, JSON.stringify(detail), by, at);
}

/** Writes whose the records are, settles what is present, and confirms what was accepted: one commit. */
export function writePresence(
  db: LedgerDatabase,
  scanId: number,
  campaignId: number,
  found: Presence,
  settle: boolean,
  recorded: Recorded,
): PresenceWritten {
  const written = { ...NOTHING };
  const confirmedTo = db.prepare('SELECT confirmed_attempt_id FROM campaigns WHERE id = ?').pluck();
  const afterId = Number(confirmedTo.get(campaignId));
  const own = db.prepare(OWN_RECORD);
  const write = db.transaction(() => {
    for (const match of found.matches) {
      const { send, record } = match;
      // Already somebody else's: one record never settles two.
      if (own.run(scanId, record.id, send.kind, send.id, 0).changes === 0) continue;
      if (send.kind !== 'delivery') continue;
      if (send.standing === 'accepted') {
        written.confirmed += confirm(db, match);
        if (send.campaignId === campaignId && (send.attemptId ?? 0) > afterId) written.shown += 1;
      }
      if (!settle || !acceptListed(db, scanId, match, recorded)) continue;
      if (send.campaignId !== campaignId) written.acceptedElsewhere += 1;
      else {
        written.accepted += 1;
        if (record.failed === true) written.failed += 1;
      }
    }
    for (const { send, record } of found.extra) own.run(scanId, record.id, send.kind, send.id, 1);
  });
  write.immediate();
  return written;
}

/** The first owner keeps a record; only one that was merely one too many for somebody may find its owner yet. */
const OWN_RECORD = `
  INSERT INTO scan_matches (scan_id, record_id, kind, sent_id, extra) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET kind = excluded.kind, sent_id = excluded.sent_id, extra = 0
    WHERE extra = 1 AND excluded.extra = 0`;

function confirm(db: LedgerDatabase, match: Match): number {
  const confirmation = confirmationOf(match);
  return prepared(
    db,
    'UPDATE deliveries SET confirmation = @confirmation WHERE id = @id AND confirmation IS NOT @confirmation',
  ).run({ confirmation, id: match.send.id }).changes;
}

/** `uncertain` (or called absent) → `accepted`, with the record as evidence; still no resend if it failed. */
function acceptListed(db: LedgerDatabase, scanId: number, match: Match, recorded: Recorded): boolean {
  const { send, record } = match;
  if (!isSettledBy(match) || send.attemptId === null) return false;
  if (isOwnedElsewhere(db, record.id, send.id, send.campaignId)) return false;
  const about = { deliveryId: send.id, attemptId: send.attemptId };
  addEvidence(db, about, 'listed', listedDetail(scanId, match), recorded);
  db.prepare("UPDATE attempts SET outcome = 'accepted' WHERE id = ? AND outcome = 'uncertain'").run(
    send.attemptId,
  );
  const changed = db
    .prepare(
      `UPDATE deliveries SET status = 'accepted', reason = NULL, confirmation = ?, due_at = 0,
         contact_id = coalesce(contact_id, ?)
       WHERE id = ? AND status NOT IN ('accepted', 'sending') AND reason IS NOT 'forgotten'`,
    )
    .run(confirmationOf(match), record.contactId, send.id).changes;
  db.prepare('DELETE FROM unsettled WHERE delivery_id = ?').run(send.id);
  return changed === 1;
}

/** Whether stored evidence gave this record to another delivery of the same workspace. */
function isOwnedElsewhere(
  db: LedgerDatabase,
  recordId: string,
  deliveryId: number,
  campaignId: number | null,
): boolean {
  const found = db
    .prepare(
      `SELECT 1 FROM evidence e JOIN deliveries d ON d.id = e.delivery_id JOIN campaigns c ON c.id = d.campaign_id
       WHERE e.kind = 'listed' AND json_extract(e.detail, '$.record.id') = ? AND e.delivery_id <> ?
         AND c.workspace = (SELECT workspace FROM campaigns WHERE id = ?) LIMIT 1`,
    )
    .get(recordId, deliveryId, campaignId);
  return found !== undefined;
}

/** Stores the evidence of absence: what was read, when, and until when a late execution was waited for. */
export function recordAbsence(
  db: LedgerDatabase,
  scanId: number,
  proofs: readonly AbsenceProof[],
  recorded: Recorded,
): void {
  const scan = db.prepare(SCAN_PROOF).get({ scanId }) as Readonly<Record<string, number | null>>;
  db.transaction(() => {
    for (const { attempt, settledAt } of proofs) {
      const values = valuesSent(db, attempt.deliveryId);
      addEvidence(
        db,
        attempt,
        'absent',
        { scanId, ...scan, settledAt, passedMs: attempt.passedMs, values },
        recorded,
      );
    }
  }).immediate();
}

/** Deliveries of the campaign that this scan proved absent go back to `pending`, due at once. Returns how many. */
export function requeueAbsent(db: LedgerDatabase, campaignId: number, scanId: number): number {
  return db
    .transaction(() => {
      const proven = db
        .prepare(
          `SELECT d.id AS deliveryId, a.id AS attemptId FROM deliveries d
           JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
           WHERE d.campaign_id = ? AND d.status = 'uncertain' AND EXISTS (
             SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent'
               AND json_extract(e.detail, '$.scanId') = ?)`,
        )
        .all(campaignId, scanId) as { deliveryId: number; attemptId: number }[];
      for (const { deliveryId, attemptId } of proven) backToPending(db, deliveryId, attemptId, 'absent');
      return proven.length;
    })
    .immediate();
}

const NEWER_CONTENTS = newerContentsSql(SQLITE, 'ids');

/** The attempt ends as absent and its delivery waits to be sent again. The ledger refuses it without evidence. */
export function backToPending(
  db: LedgerDatabase,
  deliveryId: number,
  attemptId: number,
  reason: string,
): void {
  db.prepare("UPDATE attempts SET outcome = 'absent', live = NULL WHERE id = ?").run(attemptId);
  db.prepare(
    "UPDATE deliveries SET status = 'pending', reason = ?, due_at = 0 WHERE id = ? AND status = 'uncertain'",
  ).run(reason, deliveryId);
  prepared(db, NEWER_CONTENTS).run({ ids: JSON.stringify([deliveryId]) });
  db.prepare('DELETE FROM unsettled WHERE delivery_id = ?').run(deliveryId);
}

/** Fingerprints of what a delivery sends, for evidence that outlives its row; null: it was erased. */
export function valuesSent(db: LedgerDatabase, deliveryId: number): SentValues | null {
  const texts = db.prepare('SELECT json_array(body, header) FROM contents WHERE delivery_id = ?').pluck();
  const found = texts.get(deliveryId) as string | undefined;
  return found === undefined ? null : valuesOf(found);
}
