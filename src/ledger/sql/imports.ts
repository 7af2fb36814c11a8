import type { ImportSource, LastImport } from '../../core/ledger/imports.js';

/** The last import of a campaign, and of what it was. */
export const LAST_IMPORT = `
  SELECT i.file_digest AS "fileDigest", i.settings_digest AS "settingsDigest",
    i.changed_after_accepted AS "changedAfterAccepted", i.recipients, c.imported AS deliveries
  FROM imports i JOIN campaigns c ON c.id = i.campaign_id
  WHERE i.campaign_id = @campaignId ORDER BY i.id DESC LIMIT 1`;

/** A row of it. */
export type StoredImport = LastImport & Pick<ImportSource, 'fileDigest' | 'settingsDigest'>;

/** What it told, where it was of this very file under these settings: then nothing needs to be read again. */
export function lastImportOf(last: StoredImport | undefined, source: ImportSource): LastImport | null {
  const same = last?.fileDigest === source.fileDigest && last.settingsDigest === source.settingsDigest;
  if (!same) return null;
  const { changedAfterAccepted, recipients, deliveries } = last;
  return { changedAfterAccepted, recipients, deliveries };
}
