import type { CampaignRecord } from '../../src/core/ledger/campaigns.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { MORNING } from '../report/support.js';
import { openCampaign } from '../support/on-sqlite.js';

/** A ledger on the disk, and its one campaign. */
export interface FilledLedger {
  readonly db: LedgerDatabase;
  readonly campaign: CampaignRecord;
}

const BATCH = 1_000;
const COLUMNS = ['celular', 'nombre', 'monto', 'ciudad'];

/** A ledger file as a finished campaign leaves it: imported as `send` does, one row in a hundred rejected, the rest accepted. */
export async function filledLedgerFile(file: string, rows: number): Promise<FilledLedger> {
  const opened = openLedger(file, { mode: 'create' });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const db = opened.value;
  const entry = {
    workspace: 'ws',
    name: 'bench',
    baseUrl: 'http://127.0.0.1',
    file: '/bench/campaign.yaml',
    template: 'bench_es',
    type: 'campaign',
    campaignName: 'Bench',
    keyColumn: null,
  } as const;
  const campaign = openCampaign(db, entry, true, MORNING);
  if (!campaign.ok) throw new Error(JSON.stringify(campaign.problems));
  const source = { file: '/bench.csv', fileDigest: 'd', settingsDigest: 's', columns: COLUMNS };
  const target = { campaignId: campaign.value.id, source, at: MORNING };
  await importRecipients(importingHere(db), target, verdicts(rows));
  db.exec(
    `UPDATE deliveries SET status = 'accepted', attempts = 1, http_status = 200,
       first_attempt_at = ${MORNING} + id * 10, last_attempt_at = ${MORNING} + id * 10,
       contact_id = '66a1f0c2e4b0' || printf('%012d', id)`,
  );
  return { db, campaign: { ...campaign.value, columns: COLUMNS } };
}

async function* verdicts(rows: number): AsyncGenerator<readonly RowVerdict[]> {
  for (let start = 0; start < rows; start += BATCH) {
    yield Array.from({ length: Math.min(BATCH, rows - start) }, (_, index) => verdict(start + index));
  }
}

function verdict(index: number): RowVerdict {
  const line = index + 2;
  const phone = String(51_900_000_000 + index);
  const cells = [phone, `José Ñandú ${index}`, '1,250.00', 'Lima, Perú'];
  if (index % 100 === 99) {
    const rejection = {
      line,
      phone: 'abc',
      reason: 'phone.invalid',
      column: 'celular',
      value: 'abc',
      cells,
    } as const;
    return { kind: 'rejection', rejection };
  }
  const recipient = {
    line,
    phone,
    person: phone,
    country: 'PE',
    key: '',
    body: [{ variable: '1', value: `José Ñandú ${index}` }],
    header: [],
    attachment: null,
    repaired: [],
    cells,
  };
  return { kind: 'recipient', recipient };
}
