import type { Halt } from './problem.js';

/** What an answer said, in the words of whoever said it. Free of credentials. */
export interface AnswerFacts {
  readonly httpStatus: number | null;
  /** WhatsApp's code where one was found, else the provider's. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Why a person was refused: the `reason` of a refused delivery. */
export type RefusalReason =
  | 'not-on-whatsapp'
  | 'not-reachable'
  | 'opted-out'
  | 'not-now'
  | 'row-data'
  | 'refused';

/** Why it is unknown whether a request was executed: the `reason` of an uncertain delivery. */
export type UncertaintyReason = 'no-answer' | 'unclear-answer' | 'run-died';

/**
 * What one attempt told us. Whether the request reached the socket decides: before it nothing can have been
 * executed, after it only an answer counts.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly contactId: string | null; readonly answer: AnswerFacts }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly answer: AnswerFacts }
  | {
      readonly kind: 'deferred';
      /** Whom the pause is for: everyone on this sender, or this person alone. */
      readonly scope: 'everyone' | 'person';
      /** Throttling spends no attempt. */
      readonly throttled: boolean;
      /** What the provider asked for, if it did. */
      readonly retryAfterMs: number | null;
      readonly answer: AnswerFacts;
    }
  | { readonly kind: 'uncertain'; readonly reason: UncertaintyReason; readonly answer: AnswerFacts }
  | {
      readonly kind: 'not-sent';
      /** False: the socket was never touched. True: it was answered in a way that means "not executed". */
      readonly onWire: boolean;
      /** What stops the run; null: a connection failure that may pass. */
      readonly halt: Halt | null;
      readonly answer: AnswerFacts;
    };

/** The words for outcomes, as they stand in the ledger. */
export type OutcomeKind = Outcome['kind'];

/** Facts of an attempt that got no answer. */
export const NO_ANSWER: AnswerFacts = { httpStatus: null, errorCode: null, errorMessage: null };

/** What became of a delivery that was claimed when the run stopped: no connection was tried, nothing failed. */
export const NEVER_LEFT: Outcome = { kind: 'not-sent', onWire: false, halt: null, answer: NO_ANSWER };
