import { type Fingerprint, knownFingerprint } from '../sql/fingerprint.js';
import { NO_REST, type RecipientRow } from './import-row.js';
import type { LedgerDatabase } from './open-ledger.js';
import { takeSteps } from './store.js';

/**
 * Keeps an import from bringing back who was forgotten. In a campaign that had her, her row stands under her
 * fingerprint and without values, and is never sent. A campaign that did not have her may: her number is known again
 * by that, and so are her entry on the do-not-contact list and what she got.
 */
export class ForgottenRows {
  readonly #fingerprint: Fingerprint;
  readonly #isForgotten: (fingerprint: string) => boolean;
  readonly #wasHere: (fingerprint: string) => boolean;
  readonly #relink: (fingerprint: string, person: string, phone: string) => void;
  readonly #skip: () => void;
  #any = false;

  private constructor(db: LedgerDatabase, campaignId: number, fingerprint: Fingerprint) {
    const forgotten = db.prepare('SELECT 1 FROM forgotten WHERE fingerprint = ?');
    const here = db.prepare('SELECT 1 FROM deliveries WHERE person = ? AND campaign_id = ? LIMIT 1');
    const relink = db.prepare('UPDATE OR IGNORE suppressions SET person = ?, phone = ? WHERE person = ?');
    const know = db.prepare('UPDATE forgotten SET known_as = ? WHERE fingerprint = ?');
    const skip = db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'forgotten'
      WHERE campaign_id = ? AND status = 'pending' AND length(person) = 19`);
    this.#fingerprint = fingerprint;
    this.#isForgotten = (one) => forgotten.get(one) !== undefined;
    this.#wasHere = (one) => here.get(one, campaignId) !== undefined;
    this.#relink = (one, person, phone) => {
      relink.run(person, phone, one);
      know.run(person, one);
    };
    this.#skip = () => void skip.run(campaignId);
  }

  /** null while nobody was ever forgotten: then an import does no work for it. */
  static of(db: LedgerDatabase, campaignId: number): ForgottenRows | null {
    const fingerprint = takeSteps(db, knownFingerprint());
    return fingerprint === null ? null : new ForgottenRows(db, campaignId, fingerprint);
  }

  /** The rows as they may be kept. */
  without(rows: readonly RecipientRow[]): readonly RecipientRow[] {
    return rows.map((row) => this.#kept(row));
  }

  /** Rows that came in under a fingerprint are not to be sent. */
  finish(): void {
    if (this.#any) this.#skip();
  }

  #kept(row: RecipientRow): RecipientRow {
    const [line, person, phone, , , , rest] = row;
    const fingerprint = this.#fingerprint(person);
    if (!this.#isForgotten(fingerprint)) return row;
    if (!this.#wasHere(fingerprint)) {
      this.#relink(fingerprint, person, phone);
      return row;
    }
    this.#any = true;
    const [key] = rest ?? NO_REST;
    return [line, fingerprint, fingerprint, '', '[]', '[]', key === '' ? null : [key, '[]', null, null]];
  }
}
