import type { DoNotContactLists } from '../../core/ledger/ledger.js';
import { WORKSPACE_LIST } from '../sql/suppressions.js';
import { addSuppressions, replaceSuppressions } from './add-suppressions.js';
import type { Database } from './database.js';
import type { OwnedWrites } from './owned-writes.js';

/** How people come onto the do-not-contact lists. */
export function additionsIn(
  db: Database,
  owned: OwnedWrites,
): Pick<DoNotContactLists, 'add' | 'replaceOfCampaign'> {
  return {
    add: (workspace, entries, at) =>
      db.transaction((sql) => addSuppressions(sql, { workspace, campaignId: WORKSPACE_LIST, at }, entries)),
    replaceOfCampaign: ({ id: campaignId, workspace }, entries, at) =>
      owned.transaction((sql) => replaceSuppressions(sql, { workspace, campaignId, at }, entries)),
  };
}
