import type { ActionFacts } from '../../core/ledger/action-facts.js';
import {
  type ActionFilter,
  type ActionKind,
  type ActionPlace,
  type ActionRecord,
  type Actions,
  isPreparing,
  isTakingOut,
  MOST_FAILED_LOGINS,
  type NewAction,
  TAKING_OUT,
} from '../../core/ledger/actions.js';
import { ADD_ACTION, addedAction } from './add-action.js';
import { type ApprovalRow, noteVoided, VOID_APPROVALS } from './approvals.js';
import { row, rows, run, type Steps, type Store } from './steps.js';

/** The log of what people did. */
export function actionsIn(store: Store): Actions {
  return {
    // One after the other, so that whichever is the last one has all before it in every copy of the ledger.
    record: (action) =>
      store.together(() => recordAction(action), isTakingOut(action.kind) ? 'taking-out' : undefined),
    page: async (filter, before, most) => {
      const { text, params } = actionsPage(filter, before, most);
      return (await store.each(rows<ActionRow>(text, params))).map(actionOf);
    },
    async *all(filter) {
      for (let behind = 0; ; ) {
        const { text, params } = actionsBehind(filter, behind);
        const page = (await store.each(rows<ActionRow>(text, params))).map(actionOf);
        if (page.length > 0) yield page;
        if (page.length < ACTIONS_AT_ONCE) return;
        behind = page.at(-1)?.id ?? behind;
      }
    },
    actors: async () => (await store.each(rows<{ by: string }>(ACTORS))).map(({ by }) => by),
  };
}

/**
 * Adds an action, and voids what it makes void. What stands is voided first: whoever approves at the same moment is waited
 * for, and this action gets its number after that.
 */
function* recordAction(action: NewAction): Steps<void> {
  const { campaign, kind, at } = action;
  if (kind === 'login-failed') {
    const failures = yield* row<{ count: number }>(FAILED_LOGINS, { at });
    if ((failures?.count ?? 0) >= MOST_FAILED_LOGINS) return;
  }
  const voided = isPreparing(kind)
    ? yield* rows<ApprovalRow>(VOID_APPROVALS, { campaign, workspace: '' })
    : [];
  yield* run(ADD_ACTION, addedAction(action));
  yield* noteVoided(voided, action);
}

/** A row of the table. */
interface ActionRow {
  readonly id: number;
  readonly kind: ActionKind;
  readonly done_by: string;
  readonly done_at: number;
  readonly place: ActionPlace;
  readonly workspace: string;
  readonly campaign: string;
  readonly subject: string;
  readonly was: string | null;
  readonly became: string | null;
}

/** An action as the port gives it. */
function actionOf(row: ActionRow): ActionRecord {
  const { id, kind, done_by: by, done_at: at, place, workspace, campaign, subject } = row;
  const facts = { before: factsIn(row.was), after: factsIn(row.became) };
  return { id, kind, by, at, place, workspace, campaign, subject, ...facts };
}

function factsIn(text: string | null): ActionFacts | null {
  return text === null ? null : (JSON.parse(text) as ActionFacts);
}

/** Whether the log holds this very action. */
export const HOLDS_ACTION = 'SELECT 1 FROM actions WHERE id = @id AND done_at = @at';

/** The last action that took people of a workspace out: who is forgotten is so in all of them. */
export const LAST_TAKING_OUT = `
  SELECT id, done_at AS at FROM actions
  WHERE kind IN (${TAKING_OUT.map((kind) => `'${kind}'`).join(', ')}) AND (workspace = @workspace OR kind = 'forgotten')
  ORDER BY id DESC LIMIT 1`;

const HOUR_MS = 3_600_000;

/** How many logins failed within the last hour. */
const FAILED_LOGINS = `
  SELECT count(*) AS count FROM actions WHERE done_at > CAST(@at AS bigint) - ${HOUR_MS} AND kind = 'login-failed'`;

/** Everybody who ever did something. */
const ACTORS = 'SELECT DISTINCT done_by AS "by" FROM actions ORDER BY 1';

/** Those of a filter, the newest first, so many at most. */
function actionsPage(filter: ActionFilter, before: number | null, most: number) {
  return asked(filter, 'DESC', most, before === null ? null : { sign: '<', id: before });
}

/** How many are read at once for a file. */
const ACTIONS_AT_ONCE = 1_000;

/** The next ones of a filter in order of time, behind this id. */
function actionsBehind(filter: ActionFilter, id: number) {
  return asked(filter, 'ASC', ACTIONS_AT_ONCE, { sign: '>', id });
}

function asked(
  filter: ActionFilter,
  order: 'ASC' | 'DESC',
  most: number,
  from: { readonly sign: '<' | '>'; readonly id: number } | null,
) {
  const { by, campaign, since, until } = filter;
  const wanted: readonly (readonly [string, string, string | number | null])[] = [
    ['done_by = @by', 'by', by],
    ['campaign = @campaign', 'campaign', campaign],
    ['done_at >= @since', 'since', since],
    ['done_at < @until', 'until', until],
    [`id ${from?.sign} @id`, 'id', from?.id ?? null],
  ];
  const given = wanted.filter(([, , value]) => value !== null);
  const where = given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`;
  return {
    text: `SELECT * FROM actions ${where} ORDER BY id ${order} LIMIT ${most}`,
    params: Object.fromEntries(given.map(([, name, value]) => [name, value])),
  };
}
