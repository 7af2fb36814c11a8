import { failed, ok, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { type CheckedCampaign, checkCampaign } from '../check/check-campaign.js';
import { withLedgerIfAny } from '../open-ledger.js';
import { RowShelf } from './row-shelf.js';

/** A campaign that was checked, with every row of its list at hand. */
export interface CheckedRows extends CheckedCampaign {
  /** The campaign as it was checked, with what is known of its template. */
  readonly read: ReadCampaign;
  readonly shelf: RowShelf;
}

/** Which check is asked for. */
export interface RowsAsked {
  /** Folder or file of the campaign. */
  readonly campaign: string;
  readonly sandbox: boolean;
}

/** As `check` does it, with every row kept: `onRows` hears how many were read. The shelf must be closed after use. */
export async function checkRows(
  read: ReadCampaign,
  sandbox: boolean,
  onRows: (count: number) => void,
  app: App,
): Promise<Result<CheckedRows>> {
  const shelf = new RowShelf(app.rowStore());
  const asked = {
    sandbox,
    accepted: { changes: false, ledger: false },
    onRows: async (...rows: Parameters<RowShelf['add']>) => {
      shelf.add(...rows);
      onRows(shelf.index.count);
      // Others are answered meanwhile.
      await app.turn();
    },
  };
  const checked = await withLedgerIfAny(app, (ledger) => checkCampaign(read, ledger, asked, app));
  if (checked.ok) return ok({ ...checked.value, shelf });
  shelf.close();
  return failed(...checked.problems);
}
