import type { Params, Say } from '../core/problem.js';
import type { RejectionReason } from '../core/recipient.js';

/** Why a row cannot be sent, in words. */
export function rowSentence(reason: RejectionReason, params: Params, say: Say): string {
  return say(`row.${reason}`, params);
}
