import type { Forgotten, StillOpen } from '../../core/ledger/people.js';
import { ensuredFingerprint, type Fingerprint } from '../sql/fingerprint.js';
import type { LedgerDatabase } from './open-ledger.js';
import { seenSince } from './retention.js';
import { takeSteps } from './store.js';

/**
 * Erases these people (identities) from the ledger, in one commit: phone, values, cells, what the provider said, and
 * what the list said of them. Their deliveries keep status and times under a fingerprint: what was pending, refused or
 * skipped is `skipped (forgotten)` and never sent again, and an entry on a do-not-contact list holds. Who has a
 * message in flight or uncertain stays as she is.
 *
 * @param before null, or: whoever was seen since this moment, by the time that nobody else writes any more, stays, too
 */
export function forgetPeople(
  db: LedgerDatabase,
  asked: readonly string[],
  at: number,
  before: number | null = null,
): Forgotten {
  return db
    .transaction(() => {
      const seen = before === null ? new Set() : seenSince(db, asked, before);
      const people = asked.filter((person) => !seen.has(person));
      const eraser = new Eraser(db, takeSteps(db, ensuredFingerprint()), at);
      for (const person of people) eraser.forget(person);
      return eraser.done();
    })
    .immediate();
}

class Eraser {
  readonly #fingerprint: Fingerprint;
  readonly #at: number;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #open: StillOpen[] = [];
  #people = 0;
  #deliveries = 0;
  #testSends = 0;
  #suppressions = 0;

  constructor(db: LedgerDatabase, fingerprint: Fingerprint, at: number) {
    this.#fingerprint = fingerprint;
    this.#at = at;
    this.#statements = prepare(db);
  }

  forget(person: string): void {
    const open = this.#statements.open.all(person) as StillOpen[];
    this.#open.push(...open);
    if (open.length > 0) return;
    const s = this.#statements;
    const fingerprint = this.#fingerprint(person);
    s.repetitions.run({ person, fingerprint });
    s.contents.run(person);
    s.attempts.run(person);
    s.evidence.run(person);
    s.records.run(person);
    s.persons.run(person);
    const deliveries = s.deliveries.run({ person, fingerprint }).changes;
    const testSends = s.testSends.run({ person, fingerprint }).changes;
    const suppressions = s.suppressions.run({ person, fingerprint }).changes;
    s.oldSuppressions.run(person);
    if (deliveries + testSends + suppressions === 0) return;
    s.remember.run(fingerprint, this.#at);
    this.#people += 1;
    this.#deliveries += deliveries;
    this.#testSends += testSends;
    this.#suppressions += suppressions;
  }

  done(): Forgotten {
    return {
      people: this.#people,
      deliveries: this.#deliveries,
      testSends: this.#testSends,
      suppressions: this.#suppressions,
      open: this.#open,
    };
  }
}

const THEIRS = '(SELECT id FROM deliveries WHERE person = ?)';

function prepare(db: LedgerDatabase) {
  return {
    open: db.prepare(`
      SELECT d.person, c.name AS campaign, d.status FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
      WHERE d.person = ? AND (d.status = 'sending' OR d.status = 'uncertain') ORDER BY c.name`),
    // A repeated row has the person's phone in whatever form: it is found by the line of the first.
    repetitions: db.prepare(`
      UPDATE duplicates SET phone = @fingerprint, cells = '[]' WHERE id IN (
        SELECT r.id FROM deliveries d
        JOIN duplicates r ON r.campaign_id = d.campaign_id AND r.first_line = d.line WHERE d.person = @person)`),
    contents: db.prepare(`
      UPDATE contents SET body = '[]', header = '[]', attachment = NULL, repaired = NULL, cells = '[]', newer = NULL
      WHERE delivery_id IN ${THEIRS}`),
    attempts: db.prepare(`UPDATE attempts SET error_message = NULL WHERE delivery_id IN ${THEIRS}`),
    // Of a record, its id stays: it must never settle somebody else.
    evidence: db.prepare(`
      UPDATE evidence SET detail = CASE WHEN json_extract(detail, '$.record.id') IS NULL THEN '{"forgotten":true}'
        ELSE json_object('forgotten', json('true'), 'record', json_object('id', json_extract(detail, '$.record.id'))) END
      WHERE delivery_id IN ${THEIRS}`),
    records: db.prepare(`
      UPDATE scan_records SET record = NULL WHERE (scan_id, record_id) IN (
        SELECT scan_id, record_id FROM scan_persons WHERE person = ?)`),
    persons: db.prepare('DELETE FROM scan_persons WHERE person = ?'),
    deliveries: db.prepare(`
      UPDATE deliveries SET person = @fingerprint, phone = @fingerprint, error_message = NULL, contact_id = NULL,
        reason = CASE WHEN status = 'accepted' THEN reason ELSE 'forgotten' END,
        status = CASE WHEN status = 'accepted' THEN status ELSE 'skipped' END
      WHERE person = @person`),
    testSends: db.prepare(`
      UPDATE test_sends SET person = @fingerprint, phone = @fingerprint, error_message = NULL, sent_values = NULL
      WHERE person = @person AND outcome <> 'in-flight'`),
    suppressions: db.prepare(`
      UPDATE OR REPLACE suppressions SET person = @fingerprint, phone = @fingerprint WHERE person = @person`),
    oldSuppressions: db.prepare('DELETE FROM suppressions WHERE person = ?'),
    remember: db.prepare(
      'INSERT OR REPLACE INTO forgotten (fingerprint, forgotten_at, known_as) VALUES (?, ?, NULL)',
    ),
  };
}
