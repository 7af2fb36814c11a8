import type { ActionFacts } from '../../core/ledger/action-facts.js';
import {
  type ActionFilter,
  type ActionKind,
  type ActionPlace,
  type ActionRecord,
  type NewAction,
  TAKING_OUT,
} from '../../core/ledger/actions.js';
import type { Recorded } from '../../core/reconcile-ports.js';

/** A row of the table. */
export interface ActionRow {
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
export function actionOf(row: ActionRow): ActionRecord {
  const { id, kind, done_by: by, done_at: at, place, workspace, campaign, subject } = row;
  const facts = { before: factsIn(row.was), after: factsIn(row.became) };
  return { id, kind, by, at, place, workspace, campaign, subject, ...facts };
}

function factsIn(text: string | null): ActionFacts | null {
  return text === null ? null : (JSON.parse(text) as ActionFacts);
}

const COLUMNS = 'kind, done_by, done_at, place, workspace, campaign, subject, was, became';
const VALUES = '@kind, @by, @at, @place, @workspace, @campaign, @subject, @was, @became';

/** Adds one. */
export const ADD_ACTION = `INSERT INTO actions (${COLUMNS}) VALUES (${VALUES})`;

/** Whether the log holds this very action. */
export const HOLDS_ACTION = 'SELECT 1 FROM actions WHERE id = @id AND done_at = @at';

/** The last action that took people of a workspace out: who is forgotten is so in all of them. */
export const LAST_TAKING_OUT = `
  SELECT id, done_at AS at FROM actions
  WHERE kind IN (${TAKING_OUT.map((kind) => `'${kind}'`).join(', ')}) AND (workspace = @workspace OR kind = 'forgotten')
  ORDER BY id DESC LIMIT 1`;

const HOUR_MS = 3_600_000;

/** How many logins failed within the last hour. */
export const FAILED_LOGINS = `
  SELECT count(*) AS count FROM actions WHERE done_at > CAST(@at AS bigint) - ${HOUR_MS} AND kind = 'login-failed'`;

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

/** Everybody who ever did something. */
export const ACTORS = 'SELECT DISTINCT done_by AS "by" FROM actions ORDER BY 1';

/** Those of a filter, the newest first, so many at most. */
export function actionsPage(filter: ActionFilter, before: number | null, most: number) {
  return asked(filter, 'DESC', most, before === null ? null : { sign: '<', id: before });
}

/** How many are read at once for a file. */
export const ACTIONS_AT_ONCE = 1_000;

/** The next ones of a filter in order of time, behind this id. */
export function actionsBehind(filter: ActionFilter, id: number) {
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
