import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Outcome } from '../../../src/core/outcome.js';
import { type LedgerDatabase, openLedger } from '../../../src/ledger/sqlite/open-ledger.js';
import { unwrapped } from '../../support/results.js';
import {
  type CampaignPlace,
  campaignIn,
  dispatchesOf,
  imported,
  recipient,
  runIn,
  settlementOf,
} from '../../support/run-in-ledger.js';

/** Where a suite's ledgers lie. */
export type LedgerKind = 'memory' | 'file';

/** A new ledger for one test. */
export function openedLedger(kind: LedgerKind): LedgerDatabase {
  if (kind === 'memory') return unwrapped(openLedger(':memory:', { mode: 'create' }));
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-ledger-'));
  const db = unwrapped(openLedger(join(folder, 'ledger.db'), { mode: 'create' }));
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  return db;
}

/** A campaign with so many people, nobody sent to yet. */
export async function campaignWith(kind: LedgerKind, people: number): Promise<CampaignPlace> {
  const place = campaignIn(openedLedger(kind));
  await imported(
    place,
    Array.from({ length: people }, (_, index) => recipient(index)),
  );
  return place;
}

/** A campaign whose only delivery ended in this way. */
export async function settledAs(kind: LedgerKind, outcome: Outcome) {
  const place = await campaignWith(kind, 1);
  const run = runIn(place);
  const [delivery] = dispatchesOf(await run.claim(1, 1_500));
  if (delivery === undefined) throw new Error('nothing was claimed');
  run.recordOutcome(settlementOf(delivery, outcome));
  expect(await run.flush()).toEqual({ kind: 'written' });
  return { ...place, run, delivery };
}

/** Where the delivery to a person stands. */
export function statusOf(db: LedgerDatabase, person: string): unknown {
  return db.prepare('SELECT status, reason FROM deliveries WHERE person = ?').get(person);
}
