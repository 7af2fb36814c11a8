import { describe, expect, test } from 'vitest';
import type { AuditLedger } from '../../../src/core/reconcile-ports.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, UNCERTAIN } from '../../support/sends.js';
import {
  campaignWith,
  claimedBy,
  claimedOne,
  clocksAt,
  collected,
  countsOf,
  ended,
  imported,
  MINUTE,
  OPERATOR,
  type OpenLedger,
  runIn,
  settledAs,
  standing,
} from './ledger-at-hand.js';
import { LATER, listed, NEED, onlySend, POLICY, pageOf, present, read, settlingOf } from './list-at-hand.js';

async function onlyUncertain(settling: AuditLedger, scanId: number) {
  const [attempt] = unwrapped(await settling.uncertainAttempts(scanId, 0, 9));
  if (attempt === undefined) throw new Error('nobody is uncertain');
  return attempt;
}

/** How the provider's list settles what is uncertain. */
export function settling(open: OpenLedger): void {
  describe('a reading of the list', () => {
    test('keeps each record once, and tells when pages bring nothing or come again', async () => {
      const settling = settlingOf(await campaignWith(open, 1));
      const scan = unwrapped(await settling.openScan(NEED));
      expect(scan).toMatchObject({ startedAt: LATER, token: null, pages: 0, resumed: false });
      const records = [listed('a', 0), listed('b', 1)];
      const added = async (token: string) =>
        unwrapped(await settling.addPage(scan.id, pageOf(records, token)));
      expect(await added('t1')).toEqual({ newRecords: 2, stalePages: 0, tokenRepeated: false });
      expect(await added('t2')).toEqual({ newRecords: 0, stalePages: 1, tokenRepeated: false });
      expect(await added('t1')).toEqual({ newRecords: 0, stalePages: 2, tokenRepeated: true });
      expect(unwrapped(await settling.recordsOf(scan.id, [phoneNumber(0)]))).toMatchObject([
        { id: 'a', at: 1_600, persons: [phoneNumber(0)] },
      ]);
      expect(unwrapped(await settling.reach(scan.id))).toMatchObject({ oldestAt: 1_600 });
    });

    test('goes on where it was cut short, unless another is needed', async () => {
      const settling = settlingOf(await campaignWith(open, 1));
      const scan = unwrapped(await settling.openScan(NEED));
      unwrapped(await settling.addPage(scan.id, pageOf([listed('a', 0)], 't1')));
      const problem = { code: 'ledger.no-campaigns', params: { file: 'x' } } as const;
      unwrapped(await settling.endScan(scan.id, { kind: 'broken', problem, resumable: true }, LATER));
      const again = { ...NEED, at: LATER + 1 };
      expect(unwrapped(await settling.openScan(again))).toMatchObject({
        id: scan.id,
        token: 't1',
        pages: 1,
        records: 1,
        resumed: true,
      });
      const look = unwrapped(await settling.openScan({ ...again, purpose: 'look' }));
      expect(look).toMatchObject({ token: null, resumed: false });
      const newer = unwrapped(await settling.openScan({ ...again, startedAfter: LATER }));
      expect([newer.id === scan.id, newer.resumed]).toEqual([false, false]);
    });

    test('knows old records by id alone, but for people whose fate is open', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0), listed('b', 1)], { fromAt: 5_000 });
      const records = unwrapped(await settling.recordsOf(scanId, [0, 1].map(phoneNumber)));
      expect(records.map(({ id }) => id)).toEqual(['a']);
      expect(unwrapped(await settling.listedPersons(scanId, '', 9))).toEqual([phoneNumber(0)]);
      unwrapped(await settling.forgetRecords(scanId));
      expect(unwrapped(await settling.recordsOf(scanId, [phoneNumber(0)]))).toEqual([]);
    });

    test('knows those of whoever was called absent, whatever reason is written over that', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const said = { people: [place.delivery], key: null, fate: 'absent', note: 'looked' } as const;
      unwrapped(await place.ledger.campaigns.declare(place.campaign.id, said, OPERATOR));
      await place.rawly("UPDATE deliveries SET reason = 'window'");
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0)], { fromAt: 5_000 });
      expect(unwrapped(await settling.recordsOf(scanId, [phoneNumber(0)]))).toMatchObject([{ id: 'a' }]);
    });
  });

  describe('what is uncertain', () => {
    test('began by the provider’s clock as its run was told, or else one before it', async () => {
      const place = await campaignWith(open, 3);
      const { id: campaignId, workspace } = place.campaign;
      const about = {
        campaignId,
        workspace,
        limit: null,
        pid: 1,
        host: 'host',
        at: 1_000,
        ratePerSecond: 10,
      };
      const providerAtOf = async (providerOffsetMs: number | null, at: number) => {
        const clocks = () => ({ ...clocksAt(at), providerOffsetMs });
        const { ledger: run } = await place.ledger.runs.begin(about, clocks);
        const delivery = await claimedOne(run, at);
        await ended(run, delivery, UNCERTAIN, at + 10);
        const settling = settlingOf(place);
        const attempts = unwrapped(await settling.uncertainAttempts(await read(settling, []), 0, 9));
        return attempts.find(({ attemptId }) => attemptId === delivery.attemptId)?.providerAt;
      };
      expect(await providerAtOf(null, 1_500)).toBeNull();
      expect(await providerAtOf(7_000, 2_000)).toBe(9_000);
      expect(await providerAtOf(null, 2_500)).toBe(9_500);
    });

    test('is known with when it began and how long that is ago', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, []);
      expect(await onlyUncertain(settling, scanId)).toMatchObject({
        person: phoneNumber(0),
        line: 2,
        startedAt: 1_500,
        endedAt: 2_000,
        lastedMs: 500,
        passedMs: LATER - 1_500,
        provenAbsent: false,
      });
      const span = unwrapped(await settling.uncertainSpan(POLICY, LATER));
      expect(span).toEqual({ count: 1, earliestStartedAt: 1_500, lastSettledAt: 1_500 + 16 * MINUTE });
      expect(unwrapped(await settling.awaited([0, 1].map(phoneNumber), false))).toEqual([phoneNumber(0)]);
      unwrapped(await settling.markRead(LATER));
      expect(unwrapped(await settling.scanNews(POLICY, LATER))).toMatchObject({
        uncertain: 1,
        lastUncertainAt: 2_000,
        lastSettledAt: 1_500 + 16 * MINUTE,
        nextSettledAt: null,
        lastReadAt: LATER,
        lastControlAt: null,
        provenAbsent: 0,
      });
    });

    test('is nobody where all is known', async () => {
      const settling = settlingOf(await settledAs(open, ACCEPTED));
      expect(unwrapped(await settling.uncertainSpan(POLICY, LATER))).toBeNull();
      expect(unwrapped(await settling.scanNews(POLICY, LATER))).toBeNull();
      expect(unwrapped(await settling.uncertainAttempts(await read(settling, []), 0, 9))).toEqual([]);
    });

    test('is accepted when its record is found, with the record as evidence', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0, 1_600, { failed: true, contactId: 'c9' })]);
      expect(await present(settling, scanId)).toEqual({
        accepted: 1,
        failed: 1,
        acceptedElsewhere: 0,
        confirmed: 0,
        shown: 0,
      });
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'accepted', reason: null });
      expect(await countsOf(place)).toMatchObject({ accepted: 1, failed: 1, listed: 0 });
      const [evidence] = await collected(place.ledger.reports.evidence(place.campaign.id));
      expect(evidence).toMatchObject({
        kind: 'listed',
        recordedBy: 'maria',
        detail: { record: { id: 'a' } },
      });
      const { attemptId } = place.delivery;
      expect(unwrapped(await settling.listedBefore([attemptId, attemptId + 1]))).toEqual([attemptId]);
    });

    test('is settled by no record that is another’s already', async () => {
      const place = await campaignWith(open, 2);
      const run = await runIn(place);
      for (const delivery of await claimedBy(run)) await ended(run, delivery, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0)]);
      expect(await present(settling, scanId)).toMatchObject({ accepted: 1 });
      const [record] = unwrapped(await settling.recordsOf(scanId, [phoneNumber(0)]));
      if (record === undefined) throw new Error('nothing was listed');
      const send = await onlySend(settling, 1);
      const matches = [{ send, record, likeness: 'near', unrivalled: false } as const];
      const write = () => settling.writePresence(scanId, { matches, extra: [] }, true, OPERATOR);
      expect(unwrapped(await write())).toMatchObject({ accepted: 0 });
      unwrapped(await settling.clearMatches(scanId));
      expect(unwrapped(await write())).toMatchObject({ accepted: 0 });
      expect(await countsOf(place)).toMatchObject({ accepted: 1, uncertain: 1 });
    });

    test('goes back to pending by stored evidence of absence alone', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, []);
      expect(unwrapped(await settling.requeueAbsent(scanId))).toBe(0);
      const attempt = await onlyUncertain(settling, scanId);
      unwrapped(await settling.recordAbsence(scanId, [{ attempt, settledAt: LATER }], OPERATOR));
      expect(await countsOf(place)).toMatchObject({ uncertain: 1, pending: 0 });
      expect(await onlyUncertain(settling, scanId)).toMatchObject({ provenAbsent: true });
      expect(unwrapped(await settling.scanNews(POLICY, LATER))).toMatchObject({ provenAbsent: 1 });
      expect(unwrapped(await settling.requeueAbsent(scanId))).toBe(1);
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'pending', reason: 'absent' });
      expect(await onlySend(settling)).toMatchObject({ standing: 'requeued', tries: [{ startedAt: 1_500 }] });
      expect(await claimedBy(await runIn(place), 9, LATER)).toHaveLength(1);
    });

    test('goes out again with the values that a file brought meanwhile, and is known by those that it had', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const values = (value: string) => recipient(0, { body: [{ variable: '1', value }] });
      for (const value of ['newer', 'newest']) await imported(place, [values(value)], value);
      const settling = settlingOf(place);
      const before = (await onlySend(settling)).tries[0]?.values;
      const word = { people: [{ phone: phoneNumber(0), person: phoneNumber(0) }], key: null, note: 'n' };
      unwrapped(
        await place.ledger.campaigns.declare(place.campaign.id, { ...word, fate: 'absent' }, OPERATOR),
      );
      expect((await onlySend(settling)).tries[0]?.values).toEqual(before);
      expect(await claimedBy(await runIn(place), 9, LATER)).toMatchObject([
        { bodyJson: '[{"variable":"1","value":"newest"}]' },
      ]);
    });

    test('was called absent, and is accepted by its record although it was sent again and refused', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, []);
      const attempt = await onlyUncertain(settling, scanId);
      unwrapped(await settling.recordAbsence(scanId, [{ attempt, settledAt: LATER }], OPERATOR));
      unwrapped(await settling.requeueAbsent(scanId));
      const run = await runIn(place);
      const [again] = await claimedBy(run, 1, LATER);
      if (again === undefined) throw new Error('nobody is sent to again');
      await ended(run, again, REFUSED);
      expect(await standing(place, phoneNumber(0))).toMatchObject({ status: 'refused' });
      const later = await read(settling, [listed('a', 0, 1_600)]);
      expect(await present(settling, later)).toMatchObject({ accepted: 1 });
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'accepted', reason: null });
    });

    test('keeps why it stays so', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const settling = settlingOf(place);
      const scanId = await read(settling, []);
      const attempt = await onlyUncertain(settling, scanId);
      const reasons = [{ code: 'reconcile.left.no-control', params: {} } as never];
      unwrapped(await settling.noteLeft(scanId, [{ attempt, reasons }], LATER));
      expect(unwrapped(await settling.scanNews(POLICY, LATER))).toMatchObject({ withoutControl: 1 });
      const policy = { ...POLICY, resend: 'no' } as const;
      const told = await place.ledger.status.whatWouldSettle(place.campaign.id, policy, clocksAt(LATER));
      expect(told).toMatchObject([{ code: 'reconcile.left.no-control', count: 1 }]);
    });
  });
}
