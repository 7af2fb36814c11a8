import { type Actions, isPreparing, MOST_FAILED_LOGINS, type NewAction } from '../../core/ledger/actions.js';
import {
  ACTIONS_AT_ONCE,
  ACTORS,
  type ActionRow,
  ADD_ACTION,
  actionOf,
  actionsBehind,
  actionsPage,
  addedAction,
  FAILED_LOGINS,
} from '../sql/actions.js';
import { voidApprovals } from './approvals.js';
import { type AskLedger, type LedgerDatabase, prepared } from './open-ledger.js';

/** The log of what people did. */
export function actionsIn(ask: AskLedger): Actions {
  return {
    record: (action) => ask((db) => db.transaction(() => recordAction(db, action)).immediate()),
    page: (filter, before, most) =>
      ask((db) => {
        const { text, params } = actionsPage(filter, before, most);
        return (db.prepare(text).all(params) as ActionRow[]).map(actionOf);
      }),
    async *all(filter) {
      for (let behind = 0; ; ) {
        const { text, params } = actionsBehind(filter, behind);
        const page = await ask((db) => (db.prepare(text).all(params) as ActionRow[]).map(actionOf));
        if (page.length > 0) yield page;
        if (page.length < ACTIONS_AT_ONCE) return;
        behind = page.at(-1)?.id ?? behind;
      }
    },
    actors: () => ask((db) => prepared(db, ACTORS).pluck().all() as string[]),
  };
}

/** Adds an action, and voids what it makes void. Inside a transaction of the caller. */
export function recordAction(db: LedgerDatabase, action: NewAction): void {
  const { kind, at } = action;
  if (kind === 'login-failed') {
    const { count } = prepared(db, FAILED_LOGINS).get({ at }) as { readonly count: number };
    if (count >= MOST_FAILED_LOGINS) return;
  }
  prepared(db, ADD_ACTION).run(addedAction(action));
  if (isPreparing(kind)) voidApprovals(db, { campaign: action.campaign, workspace: '' }, action);
}
