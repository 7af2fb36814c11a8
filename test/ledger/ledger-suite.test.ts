import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countDeliveries } from '../../src/ledger/counts.js';
import { dailyUse } from '../../src/ledger/daily-cap.js';
import { addEvidence } from '../../src/ledger/evidence.js';
import { applyFrequencyLimit } from '../../src/ledger/frequency.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/open-ledger.js';
import { balanceOf } from '../../src/ledger/runs.js';
import {
  addSuppressions,
  applySuppressions,
  listSuppressions,
  removeSuppressions,
} from '../../src/ledger/suppressions.js';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import {
  ACCEPTED,
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
} from '../support/run-in-ledger.js';

const DAY = 24 * 60 * 60_000;

function opened(kind: 'memory' | 'file'): LedgerDatabase {
  if (kind === 'memory') return unwrapped(openLedger(':memory:', { mode: 'create' }));
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-ledger-'));
  const db = unwrapped(openLedger(join(folder, 'ledger.db'), { mode: 'create' }));
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  return db;
}

function statusOf(db: LedgerDatabase, person: string): unknown {
  return db.prepare('SELECT status, reason FROM deliveries WHERE person = ?').get(person);
}

describe.each(['memory', 'file'] as const)('a ledger in %s', (kind) => {
  async function campaignWith(people: number): Promise<CampaignPlace> {
    const place = campaignIn(opened(kind));
    await imported(
      place,
      Array.from({ length: people }, (_, index) => recipient(index)),
    );
    return place;
  }

  /** One delivery that ended in this way. */
  async function settledAs(outcome: Parameters<typeof settlementOf>[1]) {
    const place = await campaignWith(1);
    const run = runIn(place);
    const [dispatch] = dispatchesOf(await run.claim(1, 1_500));
    if (dispatch === undefined) throw new Error('nothing was claimed');
    run.settle(settlementOf(dispatch, outcome));
    expect(await run.flush()).toEqual({ kind: 'written' });
    return { ...place, run, dispatch };
  }

  describe('refuses by itself', () => {
    test.each([
      ['a phone with anything but digits', "UPDATE deliveries SET phone = '+51 9'", /CHECK/u],
      ['an identity with anything but digits', "UPDATE deliveries SET person = '51x'", /CHECK/u],
      ['an empty phone', "UPDATE deliveries SET phone = ''", /CHECK/u],
      ['a phone that is a number', 'UPDATE deliveries SET phone = 51987654321.0', /CHECK/u],
      ['a status that does not exist', "UPDATE deliveries SET status = 'sent'", /CHECK/u],
      ['a confirmation that does not exist', "UPDATE deliveries SET confirmation = 'read'", /CHECK/u],
      ['a text where a moment stands', "UPDATE deliveries SET due_at = 'soon'", /cannot store TEXT/u],
      ['a live attempt that is not marked as one', 'UPDATE attempts SET live = NULL', /CHECK/u],
      [
        'an outcome that does not exist',
        "INSERT INTO attempts (delivery_id, run_id, started_at, outcome) VALUES (7, 1, 1, 'sent')",
        /CHECK/u,
      ],
      ['to delete an attempt', 'DELETE FROM attempts', /never deleted/u],
      [
        'an absence without evidence',
        "UPDATE attempts SET outcome = 'absent', live = NULL",
        /needs stored evidence/u,
      ],
      ['evidence of a kind that does not exist', "UPDATE evidence SET kind = 'hunch'", /CHECK/u],
      ['to delete evidence', 'DELETE FROM evidence', /never deleted/u],
      ['a control that does not exist', "UPDATE campaigns SET control = 'stop'", /CHECK/u],
      ['to send again what is uncertain', "UPDATE deliveries SET status = 'pending'", /live attempt/u],
      ['to send what is uncertain', "UPDATE deliveries SET status = 'sending'", /live attempt/u],
      [
        'a second live attempt of a delivery',
        'INSERT INTO attempts (delivery_id, run_id, started_at) SELECT id, 1, 1 FROM deliveries',
        /UNIQUE/u,
      ],
      [
        'the same person and key twice in a campaign',
        `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
         SELECT campaign_id, person, key, phone, country, 99, 1 FROM deliveries`,
        /UNIQUE/u,
      ],
    ])('%s', async (_what, sql, message) => {
      const { db, dispatch } = await settledAs(UNCERTAIN);
      addEvidence(db, dispatch, 'listed', {}, { by: 'test', at: 1 });
      expect(() => db.exec(sql)).toThrow(message);
    });

    test.each(['pending', 'sending', 'uncertain', 'refused', 'skipped'])(
      'that an accepted delivery becomes %s',
      async (status) => {
        const { db } = await settledAs(ACCEPTED);
        expect(() => db.prepare('UPDATE deliveries SET status = ?').run(status)).toThrow(
          /final|live attempt/u,
        );
      },
    );

    test.each([
      ['refused', REFUSED],
      ['accepted', ACCEPTED],
    ] as const)('that an attempt ends a second time after %s', async (_name, outcome) => {
      const { db } = await settledAs(outcome);
      expect(() => db.exec("UPDATE attempts SET outcome = 'deferred', live = NULL")).toThrow(/ends once/u);
    });

    test('what belongs to no campaign', () => {
      const db = opened(kind);
      const insert = `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
        VALUES (7, '51', '', '51', 'PE', 1, 1)`;
      expect(() => db.exec(insert)).toThrow(/FOREIGN KEY/u);
    });

    test('nothing that evidence of absence allows', async () => {
      const { db, dispatch } = await settledAs(UNCERTAIN);
      addEvidence(db, dispatch, 'absent', {}, { by: 'test', at: 1 });
      db.exec("UPDATE attempts SET outcome = 'absent', live = NULL");
      db.exec("UPDATE deliveries SET status = 'pending'");
      expect(statusOf(db, dispatch.person)).toMatchObject({ status: 'pending' });
    });
  });

  describe('a run', () => {
    test('claims what is due, in order, once', async () => {
      const place = await campaignWith(5);
      const run = runIn(place);
      const first = dispatchesOf(await run.claim(2, 1_500));
      const rest = dispatchesOf(await run.claim(9, 1_500));
      expect([...first, ...rest].map(({ phone }) => phone)).toEqual([0, 1, 2, 3, 4].map(phoneNumber));
      expect(dispatchesOf(await run.claim(9, 1_500))).toEqual([]);
      expect(await run.counts()).toMatchObject({ sending: 5, pending: 0 });
    });

    test('hands out what a request needs', async () => {
      const run = runIn(await campaignWith(1));
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
      const { run } = await settledAs(outcome);
      expect(await run.counts()).toMatchObject({ recipients: 1, sending: 0, ...counts });
    });

    test('does not claim a deferred delivery before it is due', async () => {
      const { run } = await settledAs(DEFERRED);
      const dueAt = await run.nextDueAt();
      expect(dueAt).toBeGreaterThan(2_000);
      expect(dispatchesOf(await run.claim(1, (dueAt ?? 0) - 1))).toEqual([]);
      expect(dispatchesOf(await run.claim(1, dueAt ?? 0))).toMatchObject([
        { transientRefusals: 1, deferrals: 1 },
      ]);
    });

    test('cannot settle the attempt of another run', async () => {
      const place = await campaignWith(1);
      const dead = runIn(place);
      const [dispatch] = dispatchesOf(await dead.claim(1, 1_500));
      if (dispatch === undefined) throw new Error('nothing was claimed');
      const next = runIn(place);
      expect(await next.recover(3_000)).toBe(1);
      dead.settle(settlementOf(dispatch, NOT_SENT));
      await dead.flush();
      expect(await next.counts()).toMatchObject({ uncertain: 1, pending: 0 });
      next.settle(settlementOf(dispatch, NOT_SENT));
      await next.flush();
      expect(await next.counts()).toMatchObject({ uncertain: 1, pending: 0 });
    });

    test('settles an attempt once', async () => {
      const { run, dispatch } = await settledAs(ACCEPTED);
      run.settle(settlementOf(dispatch, REFUSED));
      await run.flush();
      expect(await run.counts()).toMatchObject({ accepted: 1, refused: 0 });
    });

    test('finds what dead runs left as uncertain, and nothing of its own', async () => {
      const place = await campaignWith(4);
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
      const place = await campaignWith(2);
      const other = campaignIn(place.db, 'other');
      await imported(other, [recipient(7)]);
      await runIn(other).claim(1, 1_500);
      expect(await runIn(place).recover(3_000)).toBe(0);
      expect(countDeliveries(place.db, other.campaignId)).toMatchObject({ sending: 1 });
    });

    test('never claims what is uncertain', async () => {
      const { run } = await settledAs(UNCERTAIN);
      expect(dispatchesOf(await run.claim(9, 9_999_999))).toEqual([]);
      expect(await run.nextDueAt()).toBeNull();
    });
  });

  describe('an import', () => {
    test('is all or nothing', async () => {
      const place = campaignIn(opened(kind));
      const broken = [recipient(0), recipient(1, { phone: 'x' })];
      await expect(imported(place, broken)).rejects.toThrow(/CHECK/u);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ recipients: 0 });
      expect(place.db.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(0);
      expect(balanceOf(place.db, place.campaignId)).toEqual({ imported: 0, counted: 0 });
    });

    test('counts a person who comes twice once, and the second row as skipped', async () => {
      const place = campaignIn(opened(kind));
      const summary = await imported(place, [recipient(0), recipient(1), recipient(0, { line: 9 })]);
      expect(summary).toMatchObject({ rows: 3, recipients: 2, duplicates: 1 });
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({
        recipients: 3,
        pending: 2,
        skipped: 1,
      });
      expect(place.db.prepare('SELECT line, first_line FROM duplicates').all()).toEqual([
        { line: 9, first_line: 2 },
      ]);
    });

    test('keeps one duty for each key of a person', async () => {
      const place = campaignIn(opened(kind));
      await imported(place, [
        recipient(0, { key: 'A' }),
        recipient(0, { key: 'B' }),
        recipient(0, { key: 'A' }),
      ]);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ pending: 2, skipped: 1 });
    });

    test('gives new values to who was not sent yet, and changes nothing for who was', async () => {
      const { db, campaignId } = await settledAs(ACCEPTED);
      const place = { db, campaignId };
      await imported(place, [recipient(0), recipient(1)], 'd2');
      const changed = { body: [{ variable: '1', value: 'new' }] };
      await imported(place, [recipient(0, changed), recipient(1, changed)], 'd3');
      const bodies = db.prepare('SELECT body FROM contents ORDER BY delivery_id').pluck().all();
      expect(bodies).toEqual(['[{"variable":"1","value":"Ana 0"}]', '[{"variable":"1","value":"new"}]']);
      expect(statusOf(db, phoneNumber(0))).toMatchObject({ status: 'accepted' });
    });

    test('skips who is no longer in the file, and takes back who returns', async () => {
      const place = await campaignWith(2);
      await imported(place, [recipient(0)], 'd2');
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'skipped', reason: 'removed' });
      await imported(place, [recipient(0), recipient(1)], 'd3');
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'pending', reason: null });
    });

    test('adds up, whatever files come one after the other', async () => {
      const file = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 9 });
      await fc.assert(
        fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
          const place = campaignIn(unwrapped(openLedger(':memory:', { mode: 'create' })));
          for (const [index, people] of files.entries()) {
            const rows = people.map((person, line) => recipient(person, { line: line + 2 }));
            await imported(place, rows, `d${index}`);
            const run = runIn(place);
            await run.claim(1, 1_500);
            // As at every start: what the run before left behind.
            await runIn(place).recover(1_600);
            const { imported: all, counted } = balanceOf(place.db, place.campaignId);
            expect(counted).toBe(all);
          }
          place.db.close();
        }),
        { numRuns: kind === 'memory' ? 40 : 1 },
      );
    });
  });

  describe('the do-not-contact list', () => {
    const entry = {
      person: phoneNumber(1),
      phone: phoneNumber(1),
      reason: 'asked',
      source: 'test',
      expiresAt: null,
    };

    test('skips who is on it at once, and takes back who leaves it', async () => {
      const place = await campaignWith(2);
      expect(addSuppressions(place.db, WORKSPACE, [entry], 2_000)).toBe(1);
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'skipped', reason: 'suppressed' });
      expect(removeSuppressions(place.db, WORKSPACE, [entry.person])).toBe(1);
      applySuppressions(place.db, WORKSPACE, place.campaignId, 2_000);
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'pending', reason: null });
    });

    test('ends with its expiry', async () => {
      const place = await campaignWith(2);
      addSuppressions(place.db, WORKSPACE, [{ ...entry, expiresAt: 5_000 }], 2_000);
      applySuppressions(place.db, WORKSPACE, place.campaignId, 5_001);
      expect(statusOf(place.db, phoneNumber(1))).toMatchObject({ status: 'pending' });
    });

    test('holds for its workspace alone', async () => {
      const place = await campaignWith(2);
      addSuppressions(place.db, 'another', [entry], 2_000);
      expect(statusOf(place.db, phoneNumber(1))).toMatchObject({ status: 'pending' });
      expect([...listSuppressions(place.db, WORKSPACE)]).toEqual([]);
    });

    test('never touches who was sent to', async () => {
      const { db } = await settledAs(ACCEPTED);
      addSuppressions(db, WORKSPACE, [{ ...entry, person: phoneNumber(0) }], 3_000);
      expect(statusOf(db, phoneNumber(0))).toMatchObject({ status: 'accepted' });
    });
  });

  describe('limits', () => {
    const WEEKLY = { count: 1, perMs: 7 * DAY };

    test('a person who got a message lately is capped in the next campaign, until the time has passed', async () => {
      const { db } = await settledAs(ACCEPTED);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + DAY)).toBe(1);
      expect(countDeliveries(db, next.campaignId)).toMatchObject({ pending: 1, skipped: 1 });
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + 8 * DAY)).toBe(0);
      expect(countDeliveries(db, next.campaignId)).toMatchObject({ pending: 2, skipped: 0 });
    });

    test('a person with two keys in one campaign gets one of them', async () => {
      const place = campaignIn(opened(kind));
      await imported(place, [
        recipient(0, { key: 'A' }),
        recipient(0, { key: 'B', line: 3 }),
        recipient(1, { key: 'A' }),
      ]);
      const claimed = dispatchesOf(await runIn(place, WEEKLY).claim(9, 1_500));
      expect(claimed.map(({ phone }) => phone).sort()).toEqual([phoneNumber(0), phoneNumber(1)]);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ sending: 2, skipped: 1 });
    });

    test('an uncertain message counts as one', async () => {
      const { db } = await settledAs(UNCERTAIN);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0)]);
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + DAY)).toBe(1);
    });

    test('the daily use counts people, not messages, over all campaigns, and lets go of them after a day', async () => {
      const { db } = await settledAs(ACCEPTED);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      const run = runIn(next);
      for (const dispatch of dispatchesOf(await run.claim(9, 5_000)))
        run.settle(settlementOf(dispatch, ACCEPTED));
      await run.flush();
      expect(dailyUse(db, WORKSPACE, 6_000)).toEqual({ people: 2, nextFreeAt: 5_000 + DAY });
      expect(dailyUse(db, 'another', 6_000)).toEqual({ people: 0, nextFreeAt: null });
      expect(dailyUse(db, WORKSPACE, 5_001 + DAY)).toEqual({ people: 0, nextFreeAt: null });
    });

    test('a request that never left uses no day', async () => {
      const { db } = await settledAs(NOT_SENT);
      expect(dailyUse(db, WORKSPACE, 6_000)).toEqual({ people: 0, nextFreeAt: null });
    });
  });
});
