import { afterEach, describe, expect, it } from 'vitest';
import type { OutcomeRecord } from '../../src/core/delivery.js';
import type { Recipient, RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { applySuppressions, openCampaign, suppressionsPage } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';

const AT = 1_800_000_000_000;
let db: LedgerDatabase | null = null;

afterEach(() => db?.close());

function recipient(phone: string): Recipient {
  return {
    line: 2,
    phone,
    person: phone,
    country: 'PE',
    key: '',
    body: [],
    header: [],
    attachment: null,
    repaired: [],
    cells: [phone],
  };
}

async function campaignWith(
  ledger: LedgerDatabase,
  name: string,
  phones: readonly string[],
): Promise<number> {
  const entry = {
    workspace: 'ws',
    name,
    baseUrl: 'http://127.0.0.1',
    file: `/${name}/campaign.yaml`,
    template: 't',
    type: 'campaign' as const,
    campaignName: name,
    keyColumn: null,
  };
  const { id } = unwrapped(openCampaign(ledger, entry, false, AT));
  const source = { file: 'r.csv', fileDigest: name, settingsDigest: 's', columns: ['phone'] };
  async function* rows(): AsyncGenerator<readonly RowVerdict[]> {
    yield phones.map((phone) => ({ kind: 'recipient' as const, recipient: recipient(phone) }));
  }
  await importRecipients(importingHere(ledger), { campaignId: id, source, at: AT }, rows());
  return id;
}

describe('a person who opted out at WhatsApp', () => {
  it('stands on the do-not-contact list and is skipped in every other campaign of the workspace', async () => {
    db = unwrapped(openLedger(':memory:', { mode: 'create' }));
    const first = await campaignWith(db, 'first', ['51900000001', '51900000002']);
    const second = await campaignWith(db, 'second', ['51900000001', '51900000002']);
    const runId = startRun(db, first, { pid: 1, host: 'h', at: AT, ratePerSecond: 1 });
    const ledger = new SqliteRunLedger(db, { runId, campaignId: first, workspace: 'ws', limit: null });
    const claim = await ledger.claim(1, AT);
    const [delivery] = claim.kind === 'claimed' ? claim.deliveries : [];
    if (delivery === undefined) throw new Error('nothing was claimed');
    const outcomeRecord: OutcomeRecord = {
      deliveryId: delivery.deliveryId,
      attemptId: delivery.attemptId,
      outcome: 'refused',
      onWire: true,
      status: 'refused',
      reason: 'opted-out',
      dueAt: 0,
      transientRefusals: 0,
      deferrals: 0,
      contactId: null,
      answer: { httpStatus: 400, errorCode: '131050', errorMessage: 'opted out' },
      endedAt: AT + 5,
    };
    ledger.recordOutcome(outcomeRecord);
    await ledger.flush();

    expect([...suppressionsPage(db, 'ws', '')]).toMatchObject([
      { person: '51900000001', reason: 'opted-out', source: 'whatsapp', addedAt: AT + 5, expiresAt: null },
    ]);
    const statuses = db
      .prepare('SELECT person, status, reason FROM deliveries WHERE campaign_id = ? ORDER BY person')
      .all(second);
    expect(statuses).toEqual([
      { person: '51900000001', status: 'skipped', reason: 'suppressed' },
      { person: '51900000002', status: 'pending', reason: null },
    ]);
    applySuppressions(db, second, { workspace: 'ws', limit: null, at: AT + 10, confirmedAt: null });
    expect(db.prepare("SELECT count(*) FROM deliveries WHERE status = 'skipped'").pluck().get()).toBe(1);
  });
});
