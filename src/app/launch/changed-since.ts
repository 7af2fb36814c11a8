import { isPreparing } from '../../core/ledger/actions.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';

/** Looked through, the newest first: far more than is done with a campaign while it waits. */
const MOST = 200;

/**
 * Who changed the campaign after this launch was asked for, by the log: only what was confirmed is sent, so that it will be
 * refused unless that is changed back. null: nobody did.
 */
export function changedSince(
  { name, askedAt }: Pick<LaunchRecord, 'name' | 'askedAt'>,
  ledger: Pick<Ledger, 'actions'>,
): Promise<string | null> {
  return lastWho(isPreparing, name, askedAt, ledger);
}

/**
 * Who mended rows of a campaign, or gave it another list, after a run of it began (epoch milliseconds), by the log: that run sent
 * to none of those who came in by it. null: nobody did.
 */
export function listChangedSince(name: string, begunAt: number, app: App): Promise<Result<string | null>> {
  const isOfList = (kind: string): boolean => kind === 'row-mended' || kind === 'list-uploaded';
  return withLedger(app, 'read', async (ledger) => ok(await lastWho(isOfList, name, begunAt, ledger)));
}

async function lastWho(
  isIt: typeof isPreparing,
  name: string,
  since: number,
  { actions }: Pick<Ledger, 'actions'>,
): Promise<string | null> {
  const done = await actions.page({ by: null, campaign: name, since, until: null }, null, MOST);
  return done.find(({ kind, at }) => isIt(kind) && at > since)?.by ?? null;
}
