/** An entry of the do-not-contact list. */
export interface Suppression {
  /** Identity of the person. */
  readonly person: string;
  /** Digits as they were given; '' of somebody who was forgotten. */
  readonly phone: string;
  readonly reason: string;
  /** Where it came from: a command, a file, a provider, WhatsApp's opt-out. */
  readonly source: string;
  /** Epoch milliseconds; null: for good. */
  readonly expiresAt: number | null;
  /** When the person asked for it, where that was earlier than now. */
  readonly addedAt?: number;
}

/** An entry as it stands in the ledger. */
export interface SuppressionRecord extends Suppression {
  readonly addedAt: number;
}

/** What of an entry is another one once something else was said of the person. */
export type SeenEntry = Pick<SuppressionRecord, 'addedAt' | 'expiresAt'>;

/** Why somebody was not forgotten: what became of a message is open, and needs the number. */
export interface StillOpen {
  readonly person: string;
  readonly campaign: string;
  readonly status: 'sending' | 'uncertain';
}

/** What an erasure came to. */
export interface Forgotten {
  /** People of whom something was erased. */
  readonly people: number;
  readonly deliveries: number;
  readonly testSends: number;
  readonly suppressions: number;
  /** Those who stay, in order of campaign. */
  readonly open: readonly StillOpen[];
}

/** What an erasure came to, with the rejected and repeated rows that were erased. */
export interface ForgottenWithRows extends Forgotten {
  readonly rows: number;
}
