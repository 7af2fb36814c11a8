import type { SuppressionRecord } from '../../core/ledger/people.js';
import { failed, ok, ProblemsThrown, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { hasLedger, readLedger, withLedger } from '../open-ledger.js';
import { isFingerprint, SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';

/**
 * Name in the ledger of the workspace whose list is meant.
 *
 * @param typed the workspace's id, or the fingerprint that `status` shows; '': the environment's
 */
export async function whoseList(sandbox: boolean, typed: string, app: App): Promise<Result<string>> {
  if (sandbox) return ok(SANDBOX_WORKSPACE);
  if (isFingerprint(typed)) return known(typed, app);
  const id = typed === '' ? (app.environment.workspaceId ?? '') : typed;
  return id === '' ? failed({ code: 'suppress.no-workspace' }) : ok(workspaceFingerprint(id));
}

/** A list under a mistyped fingerprint would keep nobody from getting anything. */
function known(fingerprint: string, app: App): Promise<Result<string>> {
  return withLedger(app, 'read', async ({ lists }) => {
    const workspaces = (await lists.workspaces()).filter(isFingerprint);
    if (workspaces.includes(fingerprint)) return ok(fingerprint);
    const params = {
      fingerprint,
      file: app.ledgerFile,
      count: workspaces.length,
      known: workspaces.join(', '),
    };
    return failed({ code: 'suppress.unknown-workspace', params });
  });
}

/** A piece of a list, in order of person. */
export interface EntriesPage {
  readonly entries: readonly SuppressionRecord[];
  /** There are more behind the last one. */
  readonly more: boolean;
}

/** The next `most` entries of a list behind a person ('': from the start). Without a ledger nobody is on it. */
export async function entriesPage(
  workspace: string,
  after: string,
  most: number,
  app: App,
): Promise<Result<EntriesPage>> {
  return readLedger(app, { entries: [], more: false }, async ({ lists }) => {
    const entries: SuppressionRecord[] = [];
    for await (const entry of lists.entries(workspace, after)) {
      entries.push(entry);
      if (entries.length > most) break;
    }
    return ok({ entries: entries.slice(0, most), more: entries.length > most });
  });
}

/**
 * Every entry of a list as somebody takes them: the ledger is opened with the first one and closed behind the last. What goes
 * wrong meanwhile is a `LedgerError`.
 */
export async function* allEntries(workspace: string, app: App): AsyncGenerator<SuppressionRecord> {
  if (!(await hasLedger(app))) return;
  const opened = await app.ledgers.open(app.ledgerFile, 'read');
  if (!opened.ok) throw new ListUnreadable(opened.problems);
  try {
    yield* opened.value.lists.entries(workspace);
  } finally {
    await opened.value.close();
  }
}

/** The ledger of a list cannot be opened. */
class ListUnreadable extends ProblemsThrown {}

/** Whether somebody is on a list now. */
export async function isListed(workspace: string, person: string, app: App): Promise<Result<boolean>> {
  return readLedger(app, false, async ({ lists }) =>
    ok(await lists.isOn(workspace, person, app.clock.now())),
  );
}

/** Workspaces that have a list or a campaign in the ledger, by their fingerprints. */
export async function knownLists(app: App): Promise<Result<readonly string[]>> {
  return readLedger(app, [], async ({ lists }) => ok(await lists.workspaces()));
}

/** Works with the entries of a list, which come as they are asked for. */
export function withEntries<T>(
  workspace: string,
  app: App,
  work: (entries: AsyncIterable<SuppressionRecord>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, 'read', ({ lists }) => work(lists.entries(workspace)));
}
