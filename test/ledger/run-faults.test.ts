import { describe, expect, test } from 'vitest';
import { LedgerError } from '../../src/core/ledger/ledger.js';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import { faultyLedger, type LedgerFaults, sqliteError } from '../support/faulty-ledger.js';
import { emptyLedger } from '../support/filled-ledger.js';
import { type CampaignPlace, campaignIn, imported, runIn } from '../support/run-in-ledger.js';
import { ACCEPTED, dispatchesOf, recipient, settlementOf, WORKSPACE } from '../support/sends.js';

async function campaignOf(people: number): Promise<CampaignPlace> {
  const place = campaignIn(emptyLedger());
  await imported(
    place,
    Array.from({ length: people }, (_, index) => recipient(index)),
  );
  return place;
}

describe('a run whose writes fail', () => {
  test('writes nothing any more after a failed sync, because what is on disk is unknown', async () => {
    const place = await campaignOf(3);
    let failures = 0;
    const faults: LedgerFaults = (step) => {
      if (step !== 'commit' || failures > 0) return null;
      failures += 1;
      return sqliteError('SQLITE_IOERR_FSYNC');
    };
    const run = runIn(place, null, faultyLedger(place.db, faults));
    const failed = { kind: 'failed', fatal: true, problem: { code: 'ledger.io' } };
    expect(await run.claim(1, 1_500)).toMatchObject(failed);
    expect(await run.claim(1, 1_500)).toMatchObject(failed);
    expect(await run.flush()).toMatchObject(failed);
    expect(await run.end(2_000, null, 'finished')).toMatchObject(failed);
    expect(await run.counts()).toMatchObject({ pending: 3, sending: 0 });
  });

  test.each(['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR_WRITE'])(
    'keeps outcomes through %s and writes them later',
    async (code) => {
      const place = await campaignOf(1);
      let broken = false;
      const faults: LedgerFaults = (step) => (broken && step === 'commit' ? sqliteError(code) : null);
      const run = runIn(place, null, faultyLedger(place.db, faults));
      const [delivery] = dispatchesOf(await run.claim(1, 1_500));
      if (delivery === undefined) throw new Error('nothing was claimed');
      broken = true;
      run.recordOutcome(settlementOf(delivery, ACCEPTED));
      expect(await run.flush()).toMatchObject({ kind: 'failed', fatal: false });
      expect(await run.counts()).toMatchObject({ sending: 1 });
      broken = false;
      expect(await run.flush()).toEqual({ kind: 'written' });
      expect(await run.counts()).toMatchObject({ accepted: 1, sending: 0 });
    },
  );
});

test('what a run or a gate reads from a ledger that cannot be read is a LedgerError', async () => {
  const place = await campaignOf(1);
  let broken = false;
  const db = faultyLedger(place.db, () => (broken ? sqliteError('SQLITE_CORRUPT') : null));
  const run = runIn(place, null, db);
  const gates = gatesIn(db, place.campaignId, WORKSPACE);
  broken = true;
  const reads = [
    () => run.recover(1),
    () => run.counts(),
    () => run.nextDueAt(),
    () => gates.pendingCountries(),
    () => gates.dailyUse(1, 1),
    () => gates.canaryUse(),
  ];
  for (const read of reads) {
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({ problem: { code: 'ledger.damaged' } });
  }
});
