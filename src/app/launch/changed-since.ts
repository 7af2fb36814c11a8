import { isPreparing } from '../../core/ledger/actions.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';

/** Looked through, the newest first: far more than is done with a campaign while it waits. */
const MOST = 200;

/**
 * Who changed the campaign after this launch was asked for, by the log: only what was confirmed is sent, so that it will be
 * refused unless that is changed back. null: nobody did.
 */
export async function changedSince(
  { name, askedAt }: Pick<LaunchRecord, 'name' | 'askedAt'>,
  { actions }: Pick<Ledger, 'actions'>,
): Promise<string | null> {
  const done = await actions.page({ by: null, campaign: name, since: askedAt, until: null }, null, MOST);
  return done.find(({ kind, at }) => isPreparing(kind) && at > askedAt)?.by ?? null;
}
