import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { ActionKind, NewAction } from '../../core/ledger/actions.js';
import type { Recorded } from '../../core/reconcile-ports.js';

const COLUMNS = 'kind, done_by, done_at, place, workspace, campaign, subject, was, became';
const VALUES = '@kind, @by, @at, @place, @workspace, @campaign, @subject, @was, @became';

/** Adds one. */
export const ADD_ACTION = `INSERT INTO actions (${COLUMNS}) VALUES (${VALUES})`;

/** What fills `ADD_ACTION`. */
export function addedAction({ before, after, ...action }: NewAction) {
  const text = (facts: ActionFacts | null): string | null => (facts === null ? null : JSON.stringify(facts));
  return { ...action, was: text(before), became: text(after) };
}

/** Adds one about a campaign of the ledger, within the transaction of what was done. */
export const NOTE_ACTION = `
  INSERT INTO actions (${COLUMNS})
  SELECT @kind, @by, @at, @place, workspace, name, '', NULL, @became FROM campaigns WHERE id = @campaignId`;

/** What fills it. */
export function notedAction(
  campaignId: number,
  kind: ActionKind,
  after: ActionFacts,
  { by, at, place = 'terminal' }: Recorded,
) {
  return { campaignId, kind, by, at, place, became: JSON.stringify(after) };
}
