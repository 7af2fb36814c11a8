import { onTestFinished } from 'vitest';
import type { DeliveryStatus } from '../../src/core/counts.js';
import type { CampaignEntry, CampaignRecord } from '../../src/core/ledger/campaigns.js';
import type { Recipient, RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { openCampaign } from './on-sqlite.js';
import { unwrapped } from './results.js';

export const NOON = Date.UTC(2026, 2, 21, 12);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A ledger in memory for one test. */
export function emptyLedger(): LedgerDatabase {
  const db = unwrapped(openLedger(':memory:', { mode: 'create' }));
  onTestFinished(() => void db.close());
  return db;
}

/** A campaign of the ledger. */
export function campaignIn(db: LedgerDatabase, fields: Partial<CampaignEntry> = {}): CampaignRecord {
  const entry: CampaignEntry = {
    workspace: 'ws',
    name: 'sale',
    baseUrl: 'http://127.0.0.1',
    file: '/campaigns/sale/campaign.yaml',
    template: 'sale_es',
    type: 'campaign',
    campaignName: 'Sale',
    keyColumn: null,
    ...fields,
  };
  return unwrapped(openCampaign(db, entry, true, NOON));
}

/** A row that can be sent. */
export function recipient(line: number, fields: Partial<Recipient> = {}): Recipient {
  const phone = String(51_900_000_000 + line);
  return {
    line,
    phone,
    person: phone,
    country: 'PE',
    key: '',
    body: [{ variable: '1', value: 'Ana' }],
    header: [],
    attachment: null,
    repaired: [],
    cells: [phone, 'Ana'],
    ...fields,
  };
}

/** A row that cannot be sent. */
export function rejection(line: number): RowVerdict {
  const cells = ['abc', 'Ana'];
  return {
    kind: 'rejection',
    rejection: { line, phone: 'abc', reason: 'phone.invalid', column: 'phone', value: 'abc', cells },
  };
}

/** Takes rows into a campaign as a file of these rows would. */
export async function importRows(
  db: LedgerDatabase,
  campaign: CampaignRecord,
  rows: readonly (Recipient | RowVerdict)[],
  at = NOON,
): Promise<void> {
  const verdicts = rows.map(
    (row): RowVerdict => ('kind' in row ? row : { kind: 'recipient', recipient: row }),
  );
  const source = { file: '/r.csv', fileDigest: String(at), settingsDigest: 's', columns: ['phone', 'name'] };
  await importRecipients(importingHere(db), { campaignId: campaign.id, source, at }, inOneBatch(verdicts));
}

async function* inOneBatch(verdicts: readonly RowVerdict[]): AsyncGenerator<readonly RowVerdict[]> {
  yield verdicts;
}

/** What became of a person: one attempt that ended so, as a run leaves it. */
export function attempted(
  db: LedgerDatabase,
  campaign: CampaignRecord,
  person: string,
  status: DeliveryStatus,
  at: number,
  fields: { readonly reason?: string; readonly errorCode?: string; readonly tookMs?: number } = {},
): void {
  const { reason = null, errorCode = null, tookMs = 100 } = fields;
  const outcome = status === 'sending' ? 'in-flight' : status === 'exhausted' ? 'deferred' : status;
  const live = status === 'accepted' || status === 'uncertain' || status === 'sending' ? 1 : null;
  const find = db.prepare('SELECT id FROM deliveries WHERE campaign_id = ? AND person = ?').pluck();
  const id = find.get(campaign.id, person);
  const runId = startRun(db, campaign.id, { pid: 1, host: 'h', at, ratePerSecond: 1 });
  db.prepare('UPDATE runs SET ended_at = ? WHERE id = ?').run(at, runId);
  db.prepare(
    `INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live, on_wire)
     VALUES (?, ?, ?, ?, ?, ?, 1)`,
  ).run(id, runId, at, status === 'sending' ? null : at + tookMs, outcome, live);
  db.prepare(
    `UPDATE deliveries SET status = ?, reason = ?, error_code = ?, attempts = attempts + 1,
       first_attempt_at = coalesce(first_attempt_at, ?), last_attempt_at = ? WHERE id = ?`,
  ).run(status, reason, errorCode, at, at, id);
}
