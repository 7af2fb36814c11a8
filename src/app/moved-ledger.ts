import type { LedgerIdentity } from '../core/ledger/ledger.js';
import type { Sentence } from '../locales/index.js';
import type { App } from './app.js';

/** That nothing is sent from this ledger any more, and where it was moved to; null: it is the one that is sent from. */
export async function movedLedger(
  identity: Pick<LedgerIdentity, 'movedTo'>,
  { ledgerFile: file }: Pick<App, 'ledgerFile'>,
): Promise<Sentence<'ledger.moved'> | null> {
  const to = await identity.movedTo();
  return to === null ? null : { code: 'ledger.moved', params: { file, to } };
}
