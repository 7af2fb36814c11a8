import type { DeliveryStatus } from '../../core/counts.js';
import type { Standing, StandingQuestion } from '../../core/ledger/imports.js';
import type { Recipient, RowVerdict } from '../../core/recipient.js';
import type { SeenPeople } from '../../core/seen-people.js';
import { knownFingerprint } from './fingerprint.js';
import { frequencyStatement } from './frequency.js';
import type { LedgerDatabase } from './open-ledger.js';

interface KnownRow {
  id: number;
  status: DeliveryStatus;
  reason: string | null;
  body: string;
  header: string;
  attachment: string | null;
}

/** Answers what rows would mean to the ledger, without writing anything. */
export function standingsOf(
  db: LedgerDatabase,
  question: StandingQuestion,
  seen: SeenPeople,
): (verdicts: readonly RowVerdict[]) => (Standing | null)[] {
  const ask = ledgerStanding(db, question);
  return (verdicts) =>
    verdicts.map((verdict) => {
      if (verdict.kind === 'rejection') return null;
      const { recipient } = verdict;
      const firstLine = seen.meet(recipient.person, recipient.key, recipient.line);
      if (firstLine !== null) return { kind: 'duplicate', firstLine };
      return ask(recipient) ?? { kind: 'new' };
    });
}

function ledgerStanding(db: LedgerDatabase, q: StandingQuestion): (recipient: Recipient) => Standing | null {
  const known = db.prepare(`
    SELECT d.id, d.status, d.reason, c.body, c.header, c.attachment
    FROM deliveries d JOIN contents c ON c.delivery_id = d.id
    WHERE d.person = ? AND d.campaign_id = ? AND d.key = ?`);
  // Of the workspace; what the ledger holds of the campaign's own files is as old as its last send.
  const suppressed = db.prepare(`
    SELECT 1 FROM suppressions WHERE workspace = ? AND person = ? AND campaign_id = 0
      AND (expires_at IS NULL OR expires_at > ?)`);
  const frequency = q.limit === null ? null : frequencyStatement(db);
  const control = db.prepare('SELECT control FROM campaigns WHERE id = ?').pluck();
  const canceled = control.get(q.campaignId) === 'canceled';
  const fingerprint = knownFingerprint(db);
  const wasHere = db.prepare('SELECT 1 FROM deliveries WHERE person = ? AND campaign_id = ? LIMIT 1');
  const isForgotten = (person: string): boolean =>
    fingerprint !== null && wasHere.get(fingerprint(person), q.campaignId) !== undefined;
  const isSuppressed = (person: string): boolean =>
    suppressed.get(q.workspace, person, q.at) !== undefined ||
    (fingerprint !== null && suppressed.get(q.workspace, fingerprint(person), q.at) !== undefined);
  return (r) => {
    const row =
      q.campaignId === null ? undefined : (known.get(r.person, q.campaignId, r.key) as KnownRow | undefined);
    if (row === undefined && isForgotten(r.person)) {
      return { kind: 'known', status: 'skipped', reason: 'forgotten', changed: false };
    }
    const open =
      row === undefined ||
      row.status === 'pending' ||
      (row.status === 'skipped' && row.reason !== 'canceled');
    if (!open) return { kind: 'known', status: row.status, reason: row.reason, changed: differs(row, r) };
    if (canceled) return { kind: 'held-back', reason: 'canceled' };
    if (q.suppressed.has(r.person) || isSuppressed(r.person)) {
      return { kind: 'held-back', reason: 'suppressed' };
    }
    if (frequency !== null && q.limit !== null) {
      const sent = Number(frequency.get(r.person, q.workspace, q.at - q.limit.perMs));
      if (sent >= q.limit.count) return { kind: 'held-back', reason: 'capped' };
    }
    return row === undefined
      ? null
      : { kind: 'known', status: 'pending', reason: null, changed: differs(row, r) };
  };
}

function differs(row: KnownRow, r: Recipient): boolean {
  const attachment = r.attachment === null ? null : JSON.stringify(r.attachment);
  return (
    row.body !== JSON.stringify(r.body) ||
    row.header !== JSON.stringify(r.header) ||
    row.attachment !== attachment
  );
}
