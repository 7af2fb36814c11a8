import type { ImportSummary } from '../../src/core/ledger/imports.js';
import type { StartedRun } from '../../src/core/ledger/runs.js';
import type { Recipient, RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { openCampaign } from './on-sqlite.js';
import { unwrapped } from './results.js';
import { WORKSPACE } from './sends.js';

/** A campaign in a ledger. */
export interface CampaignPlace {
  readonly db: LedgerDatabase;
  readonly campaignId: number;
}

/** Enters a campaign in the ledger. */
export function campaignIn(db: LedgerDatabase, name = 'sale', workspace = WORKSPACE): CampaignPlace {
  const identity = { template: 'sale_es', type: 'campaign', campaignName: name, keyColumn: null } as const;
  const entry = { ...identity, workspace, name, baseUrl: 'http://127.0.0.1', file: `/${name}/campaign.yaml` };
  return { db, campaignId: unwrapped(openCampaign(db, entry, false, 1_000)).id };
}

/** Imports recipients as one file. `digest` tells files apart; so many rows are handed over at a time. */
export function imported(
  { db, campaignId }: CampaignPlace,
  recipients: readonly Recipient[],
  digest = 'd1',
  atATime = 500,
): Promise<ImportSummary> {
  const source = { file: 'recipients.csv', fileDigest: digest, settingsDigest: 's', columns: ['phone'] };
  return importRecipients(importingHere(db), { campaignId, source, at: 1_000 }, batches(recipients, atATime));
}

async function* batches(
  recipients: readonly Recipient[],
  atATime: number,
): AsyncGenerator<readonly RowVerdict[]> {
  for (let from = 0; from < recipients.length; from += atATime) {
    yield recipients.slice(from, from + atATime).map((one) => ({ kind: 'recipient', recipient: one }));
  }
}

/** Begins a run. */
export function runIn(
  { db, campaignId }: CampaignPlace,
  limit: StartedRun['limit'] = null,
  runDb: LedgerDatabase = db,
): SqliteRunLedger {
  const runId = startRun(db, campaignId, { pid: 1, host: 'host', at: 1_000, ratePerSecond: 10 });
  return new SqliteRunLedger(runDb, { runId, campaignId, workspace: WORKSPACE, limit });
}
