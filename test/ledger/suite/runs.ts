import { describe, expect, test } from 'vitest';
import { countDeliveries } from '../../../src/ledger/sqlite/counts.js';
import { faultyLedger, type LedgerFaults, sqliteError } from '../../support/faulty-ledger.js';
import { phoneNumber } from '../../support/run-cli.js';
import {
  ACCEPTED,
  campaignIn,
  DEFERRED,
  dispatchesOf,
  imported,
  NOT_SENT,
  REFUSED,
  recipient,
  runIn,
  settlementOf,
  UNCERTAIN,
} from '../../support/run-in-ledger.js';
import { campaignWith, type LedgerKind, settledAs } from './places.js';

/** What one run does in the ledger. */
export function runs(kind: LedgerKind): void {
  describe('a run', () => {
    test('claims what is due, in order, once', async () => {
      const place = await campaignWith(kind, 5);
      const run = runIn(place);
      const first = dispatchesOf(await run.claim(2, 1_500));
      const rest = dispatchesOf(await run.claim(9, 1_500));
      expect([...first, ...rest].map(({ phone }) => phone)).toEqual([0, 1, 2, 3, 4].map(phoneNumber));
      expect(dispatchesOf(await run.claim(9, 1_500))).toEqual([]);
      expect(await run.counts()).toMatchObject({ sending: 5, pending: 0 });
    });

    test('hands out what a request needs', async () => {
      const run = runIn(await campaignWith(kind, 1));
      expect(dispatchesOf(await run.claim(1, 1_500))).toEqual([
        {
          deliveryId: 1,
          attemptId: 1,
          phone: phoneNumber(0),
          person: phoneNumber(0),
          country: 'PE',
          bodyJson: '[{"variable":"1","value":"Ana 0"}]',
          headerJson: '[]',
          attachmentJson: null,
          transientRefusals: 0,
          deferrals: 0,
        },
      ]);
    });

    test.each([
      ['accepted', ACCEPTED, { accepted: 1 }],
      ['refused', REFUSED, { refused: 1 }],
      ['uncertain', UNCERTAIN, { uncertain: 1 }],
      ['not sent', NOT_SENT, { pending: 1 }],
      ['deferred', DEFERRED, { pending: 1 }],
    ] as const)('writes what is %s', async (_name, outcome, counts) => {
      const { run } = await settledAs(kind, outcome);
      expect(await run.counts()).toMatchObject({ recipients: 1, sending: 0, ...counts });
    });

    test('does not claim a deferred delivery before it is due', async () => {
      const { run } = await settledAs(kind, DEFERRED);
      const dueAt = await run.nextDueAt();
      expect(dueAt).toBeGreaterThan(2_000);
      expect(dispatchesOf(await run.claim(1, (dueAt ?? 0) - 1))).toEqual([]);
      expect(dispatchesOf(await run.claim(1, dueAt ?? 0))).toMatchObject([
        { transientRefusals: 1, deferrals: 1 },
      ]);
    });

    test('cannot settle the attempt of another run', async () => {
      const place = await campaignWith(kind, 1);
      const dead = runIn(place);
      const [delivery] = dispatchesOf(await dead.claim(1, 1_500));
      if (delivery === undefined) throw new Error('nothing was claimed');
      const next = runIn(place);
      expect(await next.recover(3_000)).toBe(1);
      dead.recordOutcome(settlementOf(delivery, NOT_SENT));
      await dead.flush();
      expect(await next.counts()).toMatchObject({ uncertain: 1, pending: 0 });
      next.recordOutcome(settlementOf(delivery, NOT_SENT));
      await next.flush();
      expect(await next.counts()).toMatchObject({ uncertain: 1, pending: 0 });
    });

    test('settles an attempt once', async () => {
      const { run, delivery } = await settledAs(kind, ACCEPTED);
      run.recordOutcome(settlementOf(delivery, REFUSED));
      await run.flush();
      expect(await run.counts()).toMatchObject({ accepted: 1, refused: 0 });
    });

    test('finds what dead runs left as uncertain, and nothing of its own', async () => {
      const place = await campaignWith(kind, 4);
      for (const dead of [runIn(place), runIn(place)]) await dead.claim(1, 1_500);
      const run = runIn(place);
      await run.claim(1, 1_600);
      expect(await run.recover(3_000)).toBe(2);
      expect(await run.counts()).toMatchObject({ uncertain: 2, sending: 1, pending: 1 });
      expect(
        place.db.prepare("SELECT count(*) FROM attempts WHERE outcome = 'uncertain'").pluck().get(),
      ).toBe(2);
    });

    test('leaves the campaigns of others alone when it recovers', async () => {
      const place = await campaignWith(kind, 2);
      const other = campaignIn(place.db, 'other');
      await imported(other, [recipient(7)]);
      await runIn(other).claim(1, 1_500);
      expect(await runIn(place).recover(3_000)).toBe(0);
      expect(countDeliveries(place.db, other.campaignId)).toMatchObject({ sending: 1 });
    });

    test('writes nothing any more after a failed sync, because what is on disk is unknown', async () => {
      const place = await campaignWith(kind, 3);
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
      expect(await run.end(2_000, null)).toMatchObject(failed);
      expect(await run.counts()).toMatchObject({ pending: 3, sending: 0 });
    });

    test.each(['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR_WRITE'])(
      'keeps outcomes through %s and writes them later',
      async (code) => {
        const place = await campaignWith(kind, 1);
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

    test('does not call itself ended while something of it is in flight', async () => {
      const place = await campaignWith(kind, 1);
      const run = runIn(place);
      await run.claim(1, 1_500);
      await run.end(2_000, null);
      expect(await runIn(place).recover(3_000)).toBe(1);
    });

    test('never claims what is uncertain', async () => {
      const { run } = await settledAs(kind, UNCERTAIN);
      expect(dispatchesOf(await run.claim(9, 9_999_999))).toEqual([]);
      expect(await run.nextDueAt()).toBeNull();
    });
  });
}
