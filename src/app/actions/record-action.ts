import type { ActionFacts } from '../../core/ledger/action-facts.js';
import { type ActionKind, isTakingOut, type NewAction } from '../../core/ledger/actions.js';
import { type Ledger, LedgerError, type LedgerMode } from '../../core/ledger/ledger.js';
import { withMaskedPhones } from '../../core/masked-phones.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { workspaceFingerprint } from '../workspace.js';
import { noted } from './noted.js';
import { rememberTakenOut } from './taken-out-memory.js';

/** What somebody did, before it is known who and when. */
export interface Done {
  readonly kind: ActionKind;
  /** Name in the ledger; left out: that of the environment's workspace. */
  readonly workspace?: string;
  readonly campaign?: string;
  readonly subject?: string;
  readonly before?: ActionFacts;
  readonly after?: ActionFacts;
}

/** What recording stands on. */
export type RecordingApp = Pick<
  App,
  'ledgers' | 'ledgerFile' | 'clock' | 'operator' | 'place' | 'environment' | 'memories'
>;

/** A ledger that is open, as far as recording needs it. */
export type RecordingLedger = Pick<Ledger, 'actions' | 'identity' | 'lists' | 'isHeld'>;

/** Who acts here, now. */
export function recordedNow({ operator, clock, place }: Pick<App, 'operator' | 'clock' | 'place'>): Recorded {
  return { by: operator, at: clock.now(), place };
}

/** Adds to the log of a ledger that is open already what is done: in a write of its own, once the ledger is free for it. */
export async function recordIn(ledger: RecordingLedger, done: Done, app: RecordingApp): Promise<void> {
  const action = actionOf(done, app);
  await noted(() => ledger.actions.record(action), ledger, app);
  await remember(action, ledger, app);
}

/** The same where a ledger that is busy is not waited for. */
export async function recordAtOnce(ledger: RecordingLedger, done: Done, app: RecordingApp): Promise<void> {
  const action = actionOf(done, app);
  await ledger.actions.record(action);
  await remember(action, ledger, app);
}

async function remember(
  { kind, workspace }: NewAction,
  ledger: RecordingLedger,
  app: RecordingApp,
): Promise<void> {
  if (!isTakingOut(kind)) return;
  // Who is forgotten is so in every workspace, also in one that the ledger does not know yet.
  const others = kind === 'forgotten' ? await ledger.lists.workspaces() : [];
  await rememberTakenOut(ledger, [...new Set([workspace, ...others])], app);
}

/**
 * Adds to the log where no ledger is open. The page makes a ledger where there is none yet, so that what is prepared before
 * the first send is known, too; a command makes none for that alone.
 */
async function recordDone(done: Done, app: RecordingApp): Promise<Result<null>> {
  const mode: LedgerMode = app.place === 'page' ? 'create' : 'existing';
  if (mode === 'existing' && !(await hasLedger(app))) return ok(null);
  return withLedger(app, mode, async (ledger) => {
    await recordAtOnce(ledger, done, app);
    return ok(null);
  });
}

/**
 * Adds to the log what is about to be done, and must not be done where nobody would know by whom: whoever prepares a campaign
 * cannot approve it.
 */
export async function recordFirst(done: Done, app: RecordingApp): Promise<Result<null>> {
  const unlogged: Problem = { code: 'action.not-logged' };
  try {
    const recorded = await recordDone(done, app);
    return recorded.ok ? recorded : failed(unlogged, ...recorded.problems);
  } catch (error) {
    if (error instanceof LedgerError) return failed(unlogged, error.problem);
    throw error;
  }
}

/** The same for what only reads: a ledger that cannot be written now is no reason to go without a report or a copy. */
export async function recordIfPossible(done: Done, app: RecordingApp): Promise<void> {
  await recordDone(done, app).catch(() => undefined);
}

function actionOf(done: Done, app: RecordingApp): NewAction {
  const { workspaceId } = app.environment;
  const { kind, workspace = workspaceId === null ? '' : workspaceFingerprint(workspaceId) } = done;
  return {
    ...{ kind, workspace, by: app.operator, at: app.clock.now(), place: app.place },
    campaign: done.campaign ?? '',
    subject: shownText(done.subject ?? ''),
    before: shownFacts(done.before),
    after: shownFacts(done.after),
  };
}

/** Longer texts are cut: the log says what was done, and keeps no copy of it. */
const MOST_CHARACTERS = 300;

/** Names that machines gave, and that hold digits by chance. */
const DIGESTS = new Set(['plan']);

function shownFacts(facts: ActionFacts | undefined): ActionFacts | null {
  if (facts === undefined) return null;
  const shown = Object.entries(facts).map(([name, value]) => [
    name,
    DIGESTS.has(name) ? value : shownValue(value),
  ]);
  return Object.fromEntries(shown) as ActionFacts;
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shownValue(one)]));
}

function shownText(text: string): string {
  const masked = withMaskedPhones(text);
  return masked.length > MOST_CHARACTERS ? `${masked.slice(0, MOST_CHARACTERS)}…` : masked;
}
