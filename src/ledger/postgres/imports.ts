import type { ImportSummary, ImportTarget } from '../../core/ledger/imports.js';
import { type Imports, LedgerError } from '../../core/ledger/ledger.js';
import type { RowVerdict } from '../../core/recipient.js';
import { POSTGRES } from '../sql/dialect.js';
import { applyFrequencyLimit } from '../sql/frequency.js';
import type { importReadsIn } from '../sql/imports.js';
import { applySuppressions } from '../sql/suppressions.js';
import { skipTakenOut } from '../sql/taken-out.js';
import type { Database } from './database.js';
import { lookAtFile } from './file-look.js';
import { importStaged } from './import-staged.js';
import type { LeaseKeeper } from './lease-keeper.js';
import { takeSteps } from './store.js';
import { lockTakingOut } from './taking-out.js';

/** How recipients files come into the ledger, and who is taken out before a send. */
export function importsIn(
  db: Database,
  file: string,
  keeper: LeaseKeeper,
): Omit<Imports, keyof ReturnType<typeof importReadsIn>> {
  return {
    take: (target, batches) => takeFile(db, file, keeper, target, batches),
    look: (question, campaign) => lookAtFile(db, question, campaign),
    takeOut: (campaignId, held) =>
      db.transaction(async (sql) => {
        await lockTakingOut(sql);
        await takeSteps(sql, applySuppressions(campaignId, held));
        await takeSteps(sql, applyFrequencyLimit(campaignId, held));
        // Each of these took people back who may be taken out for another reason.
        await takeSteps(sql, skipTakenOut(POSTGRES, campaignId, held.at));
      }),
  };
}

/** One transaction. Nobody else gets the campaign's lock before its end. */
function takeFile(
  db: Database,
  file: string,
  keeper: LeaseKeeper,
  target: ImportTarget,
  batches: AsyncIterable<readonly RowVerdict[]>,
): Promise<ImportSummary> {
  return db.transaction(async (sql, client) => {
    if (!(await keeper.holdLocks(sql))) {
      throw new LedgerError({ code: 'ledger.lease-lost', params: { file } }, null);
    }
    return importStaged(sql, client, target, batches);
  });
}
