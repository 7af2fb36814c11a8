import { describe, expect, test } from 'vitest';
import type { RequeueFilter } from '../../../src/core/ledger/campaigns.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { cancelCampaign, resumeCampaign } from '../../../src/ledger/sqlite/control.js';
import { declare } from '../../../src/ledger/sqlite/declare.js';
import { applyFrequencyLimit } from '../../../src/ledger/sqlite/frequency.js';
import type { LedgerDatabase } from '../../../src/ledger/sqlite/open-ledger.js';
import { requeue } from '../../../src/ledger/sqlite/requeue.js';
import { balanceOf } from '../../../src/ledger/sqlite/runs.js';
import {
  addSuppressions,
  applySuppressions,
  removeSuppressions,
} from '../../../src/ledger/sqlite/suppressions.js';
import { skipTakenOut } from '../../../src/ledger/sqlite/taken-out.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import {
  type CampaignPlace,
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
  WORKSPACE,
} from '../../support/run-in-ledger.js';
import { campaignWith, type LedgerKind, settledAs, statusOf } from './places.js';

const WEEK = 7 * 24 * 60 * 60_000;
const OPERATOR = { by: 'maria', at: 4_000 };
const ALL: RequeueFilter = { status: null, code: null, person: null, failedBefore: null };
const SUPPRESSED = { status: 'skipped', reason: 'suppressed' };
const REMOVED = { status: 'skipped', reason: 'removed' };
const CANCELED = { status: 'skipped', reason: 'canceled' };

const onList = (person: string, expiresAt: number | null = null) => ({
  person,
  phone: person,
  reason: 'asked',
  source: 'test',
  expiresAt,
});

function suppressed(db: LedgerDatabase, person: string, expiresAt: number | null = null): void {
  addSuppressions(db, WORKSPACE, [onList(person, expiresAt)], 3_000);
}

/** Whatever the ledger's own commands do: the delivery is to be sent. */
function backToPending(db: LedgerDatabase, person: string): void {
  db.prepare("UPDATE attempts SET outcome = 'deferred', live = NULL WHERE outcome = 'in-flight'").run();
  db.prepare("UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0 WHERE person = ?").run(
    person,
  );
}

/** Takes up the campaign's claim again: who is claimed, and where the person stands. */
async function claimedAgain(place: CampaignPlace, person: string, at = 9_000_000) {
  const claimed = dispatchesOf(await runIn(place).claim(9, at)).map((delivery) => delivery.person);
  const { imported: all, counted } = balanceOf(place.db, place.campaignId);
  expect(counted).toBe(all);
  return { claimed, stands: statusOf(place.db, person) };
}

/** Who was taken out is not sent to, whatever brings the delivery back to pending. */
export function takenOut(kind: LedgerKind): void {
  const person = phoneNumber(0);

  describe('the claim skips, whatever brought them back to pending,', () => {
    test('who is on the list of the workspace', async () => {
      const place = await campaignWith(kind, 3);
      suppressed(place.db, person);
      backToPending(place.db, person);
      const { claimed, stands } = await claimedAgain(place, person);
      expect([claimed, stands]).toEqual([[phoneNumber(1), phoneNumber(2)], SUPPRESSED]);
    });

    test('who is on the list of the campaign alone, and nobody of another campaign', async () => {
      const place = await campaignWith(kind, 1);
      const other = campaignIn(place.db, 'other');
      await imported(other, [recipient(0)]);
      addSuppressions(place.db, WORKSPACE, [onList(person)], 3_000, place.campaignId);
      backToPending(place.db, person);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [], stands: SUPPRESSED });
      expect(dispatchesOf(await runIn(other).claim(9, 9_000))).toHaveLength(1);
    });

    test('nobody whose entry has expired, or stands on the list of another workspace', async () => {
      const place = await campaignWith(kind, 2);
      suppressed(place.db, person, 5_000);
      addSuppressions(place.db, 'another', [onList(phoneNumber(1))], 3_000);
      for (const one of [person, phoneNumber(1)]) backToPending(place.db, one);
      expect(dispatchesOf(await runIn(place).claim(9, 4_999)).map((one) => one.person)).toEqual([
        phoneNumber(1),
      ]);
      backToPending(place.db, person);
      expect((await claimedAgain(place, person, 5_000)).claimed).toEqual([person]);
    });

    test('who is gone from the file, until the row is back', async () => {
      const place = await campaignWith(kind, 2);
      await imported(place, [recipient(1)], 'd2');
      backToPending(place.db, person);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
      await runIn(place).recover(9_100_000);
      await imported(place, [recipient(0), recipient(1)], 'd3');
      expect((await claimedAgain(place, person)).claimed).toEqual([person]);
    });

    test('everybody of a canceled campaign', async () => {
      const place = await campaignWith(kind, 3);
      cancelCampaign(place.db, place.campaignId, 'maria', 3_000);
      for (const index of [0, 1, 2]) backToPending(place.db, phoneNumber(index));
      expect(await claimedAgain(place, person)).toEqual({ claimed: [], stands: CANCELED });
    });

    test('and others move up into their places', async () => {
      const place = await campaignWith(kind, 9);
      addSuppressions(
        place.db,
        WORKSPACE,
        [0, 1, 2, 3, 4].map((index) => onList(phoneNumber(index))),
        3_000,
      );
      for (const index of [0, 1, 2, 3, 4]) backToPending(place.db, phoneNumber(index));
      const claimed = dispatchesOf(await runIn(place).claim(3, 9_000)).map((one) => one.person);
      expect(claimed).toEqual([5, 6, 7].map(phoneNumber));
    });

    test('and those whom others have capped give their places to others, too', async () => {
      const place = await campaignWith(kind, 6);
      const keys = [recipient(7, { key: 'A', line: 20 }), recipient(7, { key: 'B', line: 21 })];
      await imported(place, [...keys, ...[0, 1, 2, 3, 4, 5].map((index) => recipient(index))], 'd2');
      for (const index of [1, 3]) suppressed(place.db, phoneNumber(index));
      for (const index of [1, 3]) backToPending(place.db, phoneNumber(index));
      const run = runIn(place, { count: 1, perMs: WEEK });
      const claimed = dispatchesOf(await run.claim(5, 9_000)).map((one) => one.person);
      expect(claimed).toEqual([0, 2, 4, 5, 7].map(phoneNumber));
    });
  });

  describe('who is taken out while the request is out', () => {
    test.each([
      ['refused for now', DEFERRED],
      ['never sent', NOT_SENT],
    ] as const)('is skipped as soon as it is known to be %s', async (_what, outcome: Outcome) => {
      for (const [take, stands] of [
        [(place: CampaignPlace) => suppressed(place.db, person), SUPPRESSED],
        [(place: CampaignPlace) => void cancelCampaign(place.db, place.campaignId, 'maria', 3_000), CANCELED],
      ] as const) {
        const place = await campaignWith(kind, 1);
        const run = runIn(place);
        const [delivery] = dispatchesOf(await run.claim(1, 1_500));
        if (delivery === undefined) throw new Error('nothing was claimed');
        take(place);
        run.recordOutcome(settlementOf(delivery, outcome, 4_000));
        await run.flush();
        expect(statusOf(place.db, person)).toEqual(stands);
        expect(await run.nextDueAt()).toBeNull();
      }
    });

    test('keeps what is known, and what is uncertain', async () => {
      for (const [outcome, status] of [
        [REFUSED, 'refused'],
        [UNCERTAIN, 'uncertain'],
      ] as const) {
        const place = await campaignWith(kind, 1);
        const run = runIn(place);
        const [delivery] = dispatchesOf(await run.claim(1, 1_500));
        if (delivery === undefined) throw new Error('nothing was claimed');
        suppressed(place.db, person);
        run.recordOutcome(settlementOf(delivery, outcome));
        await run.flush();
        expect(statusOf(place.db, person)).toMatchObject({ status });
      }
    });
  });

  describe('who is gone from the file', () => {
    const gone = (place: CampaignPlace) => imported(place, [recipient(1)], 'd2');

    test('is not sent to after an uncertain one turned out never to have left', async () => {
      const place = await settledAs(kind, UNCERTAIN);
      await gone(place);
      const word = {
        people: [{ person, phone: person }],
        key: null,
        fate: 'absent',
        note: 'seen on the phone',
      } as const;
      expect(unwrapped(declare(place.db, place.campaignId, word, OPERATOR))).toBe(1);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
    });

    test('is left out by a retry', async () => {
      const place = await settledAs(kind, REFUSED);
      await gone(place);
      const requeued = unwrapped(requeue(place.db, place.campaignId, ALL, OPERATOR));
      expect(requeued).toEqual({ count: 0, leftOut: { removed: 1 } });
      expect(statusOf(place.db, person)).toMatchObject({ status: 'refused' });
    });

    test('is not sent to once the limit per person allows it', async () => {
      const place = await campaignWith(kind, 1);
      const run = runIn(place);
      const [delivery] = dispatchesOf(await run.claim(1, 1_500));
      if (delivery === undefined) throw new Error('nothing was claimed');
      run.recordOutcome(settlementOf(delivery, UNCERTAIN));
      await run.flush();
      const next = campaignIn(place.db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      const limit = { count: 1, perMs: WEEK };
      expect(applyFrequencyLimit(place.db, next.campaignId, WORKSPACE, limit, 3_000)).toBe(1);
      await imported(next, [recipient(1)], 'd2');
      applyFrequencyLimit(place.db, next.campaignId, WORKSPACE, limit, 3_000 + WEEK);
      const claimed = dispatchesOf(await runIn(next, limit).claim(9, 3_000 + WEEK));
      expect(claimed.map((one) => one.person)).toEqual([phoneNumber(1)]);
    });

    test('is not sent to once nobody is on the list any more', async () => {
      const place = await campaignWith(kind, 2);
      suppressed(place.db, person);
      await gone(place);
      removeSuppressions(place.db, WORKSPACE, [person]);
      applySuppressions(place.db, WORKSPACE, place.campaignId, 4_000);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
    });

    test('is not sent to after a resume, and counts say so at once', async () => {
      const place = await campaignWith(kind, 2);
      cancelCampaign(place.db, place.campaignId, 'maria', 3_000);
      await gone(place);
      resumeCampaign(place.db, place.campaignId, 'maria', 4_000);
      expect(statusOf(place.db, person)).toEqual(REMOVED);
      expect(await claimedAgain(place, person)).toMatchObject({ claimed: [phoneNumber(1)] });
    });
  });

  test('a resume takes nobody up who was put on the list meanwhile', async () => {
    const place = await campaignWith(kind, 2);
    cancelCampaign(place.db, place.campaignId, 'maria', 3_000);
    suppressed(place.db, person);
    resumeCampaign(place.db, place.campaignId, 'maria', 4_000);
    expect(statusOf(place.db, person)).toEqual(SUPPRESSED);
  });

  test('whom the limit per person held back and the list keeps out is skipped for the list', async () => {
    const place = await campaignWith(kind, 1);
    place.db.exec("UPDATE deliveries SET status = 'skipped', reason = 'capped'");
    suppressed(place.db, person);
    applySuppressions(place.db, WORKSPACE, place.campaignId, 4_000);
    applyFrequencyLimit(place.db, place.campaignId, WORKSPACE, null, 4_000);
    expect(skipTakenOut(place.db, place.campaignId, 4_000)).toBe(1);
    expect(statusOf(place.db, person)).toEqual(SUPPRESSED);
  });

  test('a retry leaves out whom it must not send to, and says why', async () => {
    const place = await campaignWith(kind, 4);
    place.db.exec("UPDATE deliveries SET status = 'refused', error_code = '131026'");
    await imported(place, [recipient(0), recipient(2), recipient(3)], 'd2');
    suppressed(place.db, person);
    const retry = () => unwrapped(requeue(place.db, place.campaignId, { ...ALL, code: '131026' }, OPERATOR));
    expect(retry()).toEqual({ count: 2, leftOut: { suppressed: 1, removed: 1 } });
    cancelCampaign(place.db, place.campaignId, 'maria', 3_000);
    expect(retry()).toEqual({ count: 0, leftOut: { canceled: 2 } });
  });

  test('the end of a run skips whoever came back to pending after the cancel', async () => {
    const place = await campaignWith(kind, 2);
    const run = runIn(place);
    cancelCampaign(place.db, place.campaignId, 'maria', 3_000);
    backToPending(place.db, person);
    expect(await run.end(5_000, null)).toEqual({ kind: 'written' });
    expect(statusOf(place.db, person)).toEqual(CANCELED);
  });
}
