import {
  type Actions,
  isPreparing,
  isTakingOut,
  MOST_FAILED_LOGINS,
  type NewAction,
} from '../../core/ledger/actions.js';
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
import { type ApprovalRow, VOID_APPROVALS } from '../sql/approvals.js';
import { noteVoided } from './approvals.js';
import type { Database, Sql } from './database.js';
import { lockTakingOut } from './taking-out.js';

/** The log of what people did. */
export function actionsIn(db: Database): Actions {
  return {
    record: (action) => db.transaction((sql) => recordAction(sql, action)),
    page: async (filter, before, most) => {
      const { text, params } = actionsPage(filter, before, most);
      return (await db.rows<ActionRow>(text, params)).map(actionOf);
    },
    async *all(filter) {
      for (let behind = 0; ; ) {
        const { text, params } = actionsBehind(filter, behind);
        const page = (await db.rows<ActionRow>(text, params)).map(actionOf);
        if (page.length > 0) yield page;
        if (page.length < ACTIONS_AT_ONCE) return;
        behind = page.at(-1)?.id ?? behind;
      }
    },
    actors: async () => (await db.rows<{ by: string }>(ACTORS)).map(({ by }) => by),
  };
}

/**
 * Adds an action, and voids what it makes void. What stands is voided first: whoever approves at the same moment is waited
 * for, and this action gets its number after that.
 */
async function recordAction(sql: Sql, action: NewAction): Promise<void> {
  const { campaign, kind, at } = action;
  if (kind === 'login-failed') {
    const failures = await sql.row<{ count: number }>(FAILED_LOGINS, { at });
    if ((failures?.count ?? 0) >= MOST_FAILED_LOGINS) return;
  }
  // One after the other, so that whichever is the last one has all before it in every copy of the ledger.
  if (isTakingOut(kind)) await lockTakingOut(sql);
  const whichever = { campaign, workspace: '' };
  const voided = isPreparing(kind) ? await sql.rows<ApprovalRow>(VOID_APPROVALS, whichever) : [];
  await sql.run(ADD_ACTION, addedAction(action));
  await noteVoided(sql, voided, action);
}
