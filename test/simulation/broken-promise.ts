/** What can break: the kinds of failures that a count tells apart. */
export type BrokenKind =
  | 'twice'
  | 'taken-out'
  | 'accepted-unsent'
  | 'sent-unnoticed'
  | 'lost'
  | 'limit'
  | 'rate'
  | 'intent'
  | 'balance'
  | 'wrong-ledger'
  | 'time';

/** Something that must never happen did. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
  readonly kind: BrokenKind;

  constructor(kind: BrokenKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
