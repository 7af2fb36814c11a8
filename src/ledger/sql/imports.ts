import type { ImportSource, LastImport } from '../../core/ledger/imports.js';
import type { Imports } from '../../core/ledger/ledger.js';
import { planFacts, storedRejections } from './plan-facts.js';
import { row, type Steps, type Store } from './steps.js';

/** What is read of imports. */
export function importReadsIn(store: Store): Pick<Imports, 'last' | 'rejections' | 'planFacts'> {
  return {
    last: (campaignId, source) => store.each(lastImport(campaignId, source)),
    rejections: (campaignId) => storedRejections(store, campaignId),
    planFacts: (campaignId) => store.each(planFacts(store.dialect, campaignId)),
  };
}

/** What the last import of a campaign told, where it was of this very file under these settings: then nothing is read again. */
export function* lastImport(campaignId: number, source: ImportSource): Steps<LastImport | null> {
  return lastImportOf(yield* row<StoredImport>(LAST_IMPORT, { campaignId }), source);
}

/** The last import of a campaign, and of what it was. */
const LAST_IMPORT = `
  SELECT i.file_digest AS "fileDigest", i.settings_digest AS "settingsDigest",
    i.changed_after_accepted AS "changedAfterAccepted", i.recipients, c.imported AS deliveries
  FROM imports i JOIN campaigns c ON c.id = i.campaign_id
  WHERE i.campaign_id = @campaignId ORDER BY i.id DESC LIMIT 1`;

/** A row of it. */
type StoredImport = LastImport & Pick<ImportSource, 'fileDigest' | 'settingsDigest'>;

function lastImportOf(last: StoredImport | undefined, source: ImportSource): LastImport | null {
  const same = last?.fileDigest === source.fileDigest && last.settingsDigest === source.settingsDigest;
  if (!same) return null;
  const { changedAfterAccepted, recipients, deliveries } = last;
  return { changedAfterAccepted, recipients, deliveries };
}
