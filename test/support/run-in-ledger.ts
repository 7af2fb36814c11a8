import { type ClaimedDelivery, nextState, type OutcomeRecord } from '../../src/core/delivery.js';
import type { ImportSummary } from '../../src/core/ledger/imports.js';
import type { StartedRun } from '../../src/core/ledger/runs.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Claim } from '../../src/core/ports.js';
import type { Recipient, RowVerdict } from '../../src/core/recipient.js';
import { openCampaign } from '../../src/ledger/sqlite/campaign-records.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { unwrapped } from './results.js';
import { phoneNumber } from './run-cli.js';

/** A campaign in a ledger. */
export interface CampaignPlace {
  readonly db: LedgerDatabase;
  readonly campaignId: number;
}

export const WORKSPACE = 'ws-test';

/** Enters a campaign in the ledger. */
export function campaignIn(db: LedgerDatabase, name = 'sale', workspace = WORKSPACE): CampaignPlace {
  const identity = { template: 'sale_es', type: 'campaign', campaignName: name, keyColumn: null } as const;
  const entry = { ...identity, workspace, name, baseUrl: 'http://127.0.0.1', file: `/${name}/campaign.yaml` };
  return { db, campaignId: unwrapped(openCampaign(db, entry, false, 1_000)).id };
}

/** The `index`th person, with anything that is to be otherwise. */
export function recipient(index: number, otherwise: Partial<Recipient> = {}): Recipient {
  const phone = phoneNumber(index);
  const values = { body: [{ variable: '1', value: `Ana ${index}` }], header: [], attachment: null };
  const row = { line: index + 2, phone, person: phone, country: 'PE', key: '', repaired: [], cells: [phone] };
  return { ...row, ...values, ...otherwise };
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

/** The deliveries of a claim; a failure fails the test. */
export function dispatchesOf(claim: Claim): readonly ClaimedDelivery[] {
  if (claim.kind === 'claimed') return claim.deliveries;
  throw new Error(`the claim failed: ${claim.problem.code}`);
}

/** What the engine would write after this outcome. */
export function settlementOf(delivery: ClaimedDelivery, outcome: Outcome, at = 2_000): OutcomeRecord {
  return nextState(delivery, outcome, at, { attempts: 3 }, () => 0);
}

const answer = { httpStatus: 200, errorCode: null, errorMessage: null };

export const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c1', answer };
export const UNCERTAIN: Outcome = { kind: 'uncertain', reason: 'no-answer', answer };
export const REFUSED: Outcome = { kind: 'refused', reason: 'not-on-whatsapp', answer };
export const NOT_SENT: Outcome = { kind: 'not-sent', onWire: false, halt: null, answer };
export const DEFERRED: Outcome = {
  kind: 'deferred',
  scope: 'everyone',
  throttled: false,
  retryAfterMs: null,
  answer,
};
