import type { Ledger, LedgerMode } from '../core/ledger/ledger.js';
import { ok, type Result } from '../core/problem.js';
import type { App } from './app.js';
import { type KnownCampaign, knownCampaign } from './known-campaign.js';

/** Works with the ledger, open; or says why it is unfit. */
export async function withLedger<T>(
  { ledgers, ledgerFile }: Pick<App, 'ledgers' | 'ledgerFile'>,
  mode: LedgerMode,
  work: (ledger: Ledger) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await ledgers.open(ledgerFile, mode);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** Whether there is a ledger already. */
export function hasLedger({ ledgers, ledgerFile }: Pick<App, 'ledgers' | 'ledgerFile'>): Promise<boolean> {
  return ledgers.isThere(ledgerFile);
}

/** Reads the ledger; where there is none, the answer is known. */
export async function readLedger<T>(
  app: Pick<App, 'ledgers' | 'ledgerFile'>,
  without: T,
  read: (ledger: Ledger) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedgerIfAny(app, async (ledger) => (ledger === null ? ok(without) : read(ledger)));
}

/** Reads the ledger; null: there is none, because nothing was sent yet. */
export async function withLedgerIfAny<T>(
  app: Pick<App, 'ledgers' | 'ledgerFile'>,
  read: (ledger: Ledger | null) => Promise<Result<T>>,
): Promise<Result<T>> {
  return (await hasLedger(app)) ? withLedger(app, 'read', read) : read(null);
}

/** Which campaign a person means: a folder, a campaign file, or a name that the ledger knows. */
export interface CampaignChoice {
  readonly campaign: string;
  /** The one that was sent to the sandbox. */
  readonly sandbox: boolean;
}

/** Works with a campaign of the ledger. */
export function withCampaign<T>(
  { campaign, sandbox }: CampaignChoice,
  mode: LedgerMode,
  app: App,
  work: (known: KnownCampaign, ledger: Ledger) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, mode, async (ledger) => {
    const known = await knownCampaign(campaign, sandbox, ledger, app);
    return known.ok ? work(known.value, ledger) : known;
  });
}
