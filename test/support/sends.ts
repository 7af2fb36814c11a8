import { type ClaimedDelivery, nextState, type OutcomeRecord } from '../../src/core/delivery.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Claim } from '../../src/core/ports.js';
import type { Recipient } from '../../src/core/recipient.js';
import { phoneNumber } from './run-cli.js';

export const WORKSPACE = 'ws-test';

/** The `index`th person, with anything that is to be otherwise. */
export function recipient(index: number, otherwise: Partial<Recipient> = {}): Recipient {
  const phone = phoneNumber(index);
  const values = { body: [{ variable: '1', value: `Ana ${index}` }], header: [], attachment: null };
  const row = { line: index + 2, phone, person: phone, country: 'PE', key: '', repaired: [], cells: [phone] };
  return { ...row, ...values, ...otherwise };
}

/** The deliveries of a claim; a failure fails the test. */
export function dispatchesOf(claim: Claim): readonly ClaimedDelivery[] {
  if (claim.kind === 'claimed') return claim.deliveries;
  throw new Error(`the claim failed: ${claim.problem.code}`);
}

/** What the engine would write after this outcome. */
export function settlementOf(delivery: ClaimedDelivery, outcome: Outcome, at = 2_000): OutcomeRecord {
  return nextState(delivery, outcome, at, { attempts: 3 }, () => 0);
}

const answer = { httpStatus: 200, errorCode: null, errorMessage: null };

export const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c1', answer };
export const UNCERTAIN: Outcome = { kind: 'uncertain', reason: 'no-answer', answer };
export const REFUSED: Outcome = { kind: 'refused', reason: 'not-on-whatsapp', answer };
export const NOT_SENT: Outcome = { kind: 'not-sent', onWire: false, halt: null, answer };
export const DEFERRED: Outcome = {
  kind: 'deferred',
  scope: 'everyone',
  throttled: false,
  retryAfterMs: null,
  answer,
};
