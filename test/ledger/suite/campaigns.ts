import { describe, expect, test } from 'vitest';
import type { Declaration, RequeueFilter } from '../../../src/core/ledger/campaigns.js';
import { problemsOf, unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import {
  ACCEPTED,
  DEFERRED,
  NOT_SENT,
  REFUSED,
  recipient,
  UNCERTAIN,
  WORKSPACE,
} from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  collected,
  countsOf,
  ended,
  entryOf,
  expectBalance,
  imported,
  OPERATOR,
  type OpenLedger,
  people,
  runIn,
  settledAs,
  standing,
} from './ledger-at-hand.js';

const ALL: RequeueFilter = { status: null, code: null, group: null, person: null, failedBefore: null };

/** What a campaign is in the ledger, and what an operator does with one. */
export function campaigns(open: OpenLedger): void {
  describe('a campaign', () => {
    test('is entered once, and found by its workspace and name', async () => {
      const at = await open();
      const { campaigns } = at.ledger;
      const { campaign } = await campaignIn(at);
      expect(campaign).toEqual({
        ...entryOf(),
        id: expect.any(Number),
        columns: [],
        control: 'go',
        halt: null,
        waiting: null,
        canaryPassedAt: null,
        createdAt: 1_000,
      });
      expect(unwrapped(await campaigns.open(entryOf(), false, 2_000))).toEqual(campaign);
      expect(await campaigns.find({ workspace: WORKSPACE, name: 'sale' })).toEqual(campaign);
      expect(await campaigns.find({ workspace: 'another', name: 'sale' })).toBeNull();
    });

    test('is listed with others of its name, the newest first', async () => {
      const at = await open();
      const { campaigns } = at.ledger;
      await campaignIn(at);
      const later = unwrapped(await campaigns.open(entryOf({ workspace: 'another' }), false, 2_000));
      await campaignIn(at, { name: 'other' });
      expect((await campaigns.list('sale')).map(({ workspace }) => workspace)).toEqual([
        later.workspace,
        WORKSPACE,
      ]);
      expect(await campaigns.list(null)).toHaveLength(3);
      expect(await campaigns.list('none')).toEqual([]);
    });

    test('may be edited while nobody got it', async () => {
      const { ledger } = await settledAs(open, REFUSED);
      const edited = entryOf({ template: 'other_es', keyColumn: 'order' });
      expect(await ledger.campaigns.changesAfterSend(edited)).toEqual([]);
      expect(unwrapped(await ledger.campaigns.open(edited, false, 3_000))).toMatchObject({
        template: 'other_es',
        keyColumn: 'order',
      });
    });

    test.each([
      ['accepted', ACCEPTED],
      ['uncertain', UNCERTAIN],
    ] as const)('is edited only on purpose once somebody is %s', async (_what, outcome) => {
      const { ledger, campaign } = await settledAs(open, outcome);
      const edited = entryOf({ template: 'other_es', keyColumn: 'order' });
      const codes = [{ code: 'campaign.changed-after-send' }, { code: 'campaign.key-added' }];
      expect(await ledger.campaigns.changesAfterSend(edited)).toMatchObject(codes);
      expect(problemsOf(await ledger.campaigns.open(edited, false, 3_000))).toMatchObject(codes);
      expect(await ledger.campaigns.find(campaign)).toMatchObject({ template: 'sale_es' });
      expect(unwrapped(await ledger.campaigns.open(edited, true, 3_000))).toMatchObject({
        id: campaign.id,
        template: 'other_es',
      });
    });

    test('is warned of when another one of the workspace has its campaignName', async () => {
      const at = await open();
      const place = await campaignIn(at);
      expect(await place.ledger.campaigns.warnings(place.campaign, 2_000)).toEqual([]);
      const twin = await campaignIn(at, { name: 'twin', campaignName: 'sale' });
      expect(await twin.ledger.campaigns.warnings(twin.campaign, 2_000)).toHaveLength(1);
    });

    test('keeps the columns of its last file', async () => {
      const { ledger, campaign } = await campaignWith(open, 1);
      expect(await ledger.campaigns.find(campaign)).toMatchObject({ columns: ['phone'] });
    });
  });

  describe('an operator', () => {
    test('pauses and resumes, and a run hears of it', async () => {
      const place = await campaignWith(open, 1);
      const { campaigns } = place.ledger;
      const run = await runIn(place);
      expect(await run.control()).toBe('go');
      await campaigns.pause(place.campaign.id, OPERATOR);
      expect(await run.control()).toBe('paused');
      await campaigns.resume(place.campaign.id, OPERATOR);
      expect(await run.control()).toBe('go');
      expect(await countsOf(place)).toMatchObject({ pending: 1 });
    });

    test('cancels who is pending and nobody else, and takes it back', async () => {
      const place = await settledAs(open, ACCEPTED);
      await imported(place, people(3), 'd2');
      const { campaigns } = place.ledger;
      expect(await campaigns.cancel(place.campaign.id, OPERATOR)).toBe(2);
      expect(await place.run.control()).toBe('canceled');
      expect(await countsOf(place)).toMatchObject({ accepted: 1, skipped: 2 });
      expect(await campaigns.skippedByReason(place.campaign.id)).toEqual({ canceled: 2 });
      expect(await claimedBy(place.run)).toEqual([]);
      await campaigns.resume(place.campaign.id, OPERATOR);
      expect(await countsOf(place)).toMatchObject({ accepted: 1, pending: 2 });
      await expectBalance(place);
    });

    test('pauses and resumes nothing that was canceled, or taken up again, since it was looked at', async () => {
      const place = await campaignWith(open, 2);
      const { campaigns, actions } = place.ledger;
      const { id } = place.campaign;
      expect(await campaigns.pause(id, OPERATOR, 'canceled')).toBe(false);
      expect(await campaigns.pause(id, OPERATOR, 'open')).toBe(true);
      await campaigns.cancel(id, OPERATOR);
      expect(await campaigns.pause(id, OPERATOR, 'open')).toBe(false);
      expect(await campaigns.resume(id, OPERATOR, 'open')).toBe(false);
      expect(await campaigns.find(place.campaign)).toMatchObject({ control: 'canceled' });
      expect(await countsOf(place)).toMatchObject({ skipped: 2, pending: 0 });
      const log = await actions.page({ by: null, campaign: null, since: null, until: null }, null, 2);
      expect(log.map(({ kind }) => kind)).toEqual(['canceled', 'paused']);
      expect(await campaigns.resume(id, OPERATOR, 'canceled')).toBe(true);
      expect(await countsOf(place)).toMatchObject({ skipped: 0, pending: 2 });
      expect(await campaigns.resume(id, OPERATOR, 'canceled')).toBe(false);
    });

    test.each<[string, Partial<RequeueFilter>, number]>([
      ['all', {}, 1],
      ['the refused', { status: 'refused' }, 1],
      ['the exhausted', { status: 'exhausted' }, 0],
      ['a reason', { code: 'not-on-whatsapp' }, 1],
      ['another code', { code: '131026' }, 0],
      ['a person', { person: phoneNumber(0) }, 1],
      ['another person', { person: phoneNumber(1) }, 0],
      ['those that failed before a moment', { failedBefore: 1_501 }, 1],
      ['those that failed earlier', { failedBefore: 1_500 }, 0],
    ])('tries failed ones again: %s', async (_what, filter, count) => {
      const place = await settledAs(open, REFUSED);
      const { campaigns } = place.ledger;
      const requeued = await campaigns.requeue(place.campaign.id, { ...ALL, ...filter }, OPERATOR);
      expect(unwrapped(requeued)).toEqual({ count, leftOut: {} });
      expect(await countsOf(place)).toMatchObject({ pending: count, refused: 1 - count });
      expect(await claimedBy(await runIn(place))).toHaveLength(count);
    });

    test('tries again those of one reason and code, and of the same reason without a code nobody else', async () => {
      const place = await campaignWith(open, 3);
      const run = await runIn(place);
      const [coded, plain, other] = await claimedBy(run);
      if (coded === undefined || plain === undefined || other === undefined) throw new Error('three people');
      const refusal = (errorCode: string | null) => ({
        ...REFUSED,
        answer: { ...REFUSED.answer, errorCode },
      });
      await ended(run, coded, refusal('131026'));
      await ended(run, plain, refusal(null));
      await ended(run, other, refusal('131049'));
      const again = async (reason: string, errorCode: string | null) => {
        const filter = { ...ALL, status: 'refused', group: { reason, errorCode } } as const;
        return unwrapped(await place.ledger.campaigns.requeue(place.campaign.id, filter, OPERATOR)).count;
      };
      expect(await again('row-data', null)).toBe(0);
      expect(await again('not-on-whatsapp', null)).toBe(1);
      expect(await standing(place, plain.person)).toMatchObject({ status: 'pending' });
      expect(await again('not-on-whatsapp', '131026')).toBe(1);
      expect(await standing(place, coded.person)).toMatchObject({ status: 'pending' });
      expect(await standing(place, other.person)).toMatchObject({ status: 'refused' });
    });

    test.each([
      ['accepted', ACCEPTED],
      ['uncertain', UNCERTAIN],
      ['pending', NOT_SENT],
      ['deferred', DEFERRED],
    ] as const)('tries nobody again who is %s', async (_what, outcome) => {
      const place = await settledAs(open, outcome);
      const before = await countsOf(place);
      const requeued = await place.ledger.campaigns.requeue(place.campaign.id, ALL, OPERATOR);
      expect(unwrapped(requeued)).toEqual({ count: 0, leftOut: {} });
      expect(await countsOf(place)).toEqual(before);
    });
  });

  describe('an operator’s word', () => {
    const person = phoneNumber(0);
    const word = (fate: Declaration['fate'], over: Partial<Declaration> = {}): Declaration => ({
      people: [{ person, phone: person }],
      key: null,
      fate,
      note: 'seen on the phone',
      ...over,
    });

    test.each([
      ['accepted', { status: 'accepted', reason: null }],
      ['absent', { status: 'pending', reason: 'declared-absent' }],
    ] as const)('settles what is uncertain as %s, and is kept', async (fate, stands) => {
      const place = await settledAs(open, UNCERTAIN);
      const { campaigns, reports, status } = place.ledger;
      expect(unwrapped(await campaigns.declare(place.campaign.id, word(fate), OPERATOR))).toBe(1);
      expect(await standing(place, person)).toEqual(stands);
      const kind = `declared-${fate}`;
      const detail = expect.objectContaining({ note: 'seen on the phone' });
      expect(await collected(reports.evidence(place.campaign.id))).toEqual([
        { line: 2, phone: person, kind, detail, recordedBy: 'maria', recordedAt: 4_000 },
      ]);
      expect(await status.evidence(place.campaign.id)).toEqual([{ kind, count: 1, lastAt: 4_000 }]);
      expect(await claimedBy(await runIn(place))).toHaveLength(fate === 'absent' ? 1 : 0);
    });

    test.each([
      ['without a note', word('absent', { note: ' ' }), 'declare.no-note'],
      ['about a stranger', word('absent', { people: [{ person: '5', phone: '5' }] }), 'declare.no-delivery'],
      ['with a key where there is none', word('absent', { key: 'A' }), 'declare.no-keys'],
    ] as const)('%s changes nothing and says why', async (_what, said, code) => {
      const place = await settledAs(open, UNCERTAIN);
      const declared = await place.ledger.campaigns.declare(place.campaign.id, said, OPERATOR);
      expect(problemsOf(declared)).toMatchObject([{ code }]);
      expect(await countsOf(place)).toMatchObject({ uncertain: 1 });
    });

    test('is all or nothing', async () => {
      const place = await settledAs(open, UNCERTAIN);
      await imported(place, people(2), 'd2');
      const both = [person, phoneNumber(1)].map((one) => ({ person: one, phone: one }));
      const said = word('absent', { people: both });
      const declared = await place.ledger.campaigns.declare(place.campaign.id, said, OPERATOR);
      expect(problemsOf(declared)).toMatchObject([{ code: 'declare.not-uncertain' }]);
      expect(await countsOf(place)).toMatchObject({ uncertain: 1, pending: 1 });
      expect(await collected(place.ledger.reports.evidence(place.campaign.id))).toEqual([]);
    });

    test('about one try says nothing of a later one', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const { campaigns, finding } = place.ledger;
      const lastTry = async () => (await finding.history(person)).deliveries[0]?.tries.at(-1)?.startedAt ?? 0;
      const first = await lastTry();
      const said = (tryAt: number) =>
        campaigns.declare(place.campaign.id, word('absent', { tryAt }), OPERATOR);
      expect(unwrapped(await said(first))).toBe(1);
      const again = await claimedOne(await runIn(place), 5_000);
      expect(again.phone).toBe(person);
      await place.ledger.runs.recover(place.campaign.id, 6_000);
      expect(problemsOf(await said(first))).toMatchObject([{ code: 'declare.other-try' }]);
      expect(await countsOf(place)).toMatchObject({ uncertain: 1 });
      expect(unwrapped(await said(await lastTry()))).toBe(1);
    });

    test('about one of several messages needs its key', async () => {
      const place = await campaignIn(await open());
      const keys = ['A', 'B'].map((key, index) => recipient(0, { key, line: index + 2 }));
      await imported(place, keys);
      const run = await runIn(place);
      await claimedBy(run);
      await place.ledger.runs.recover(place.campaign.id, 2_000);
      const { campaigns } = place.ledger;
      const unclear = await campaigns.declare(place.campaign.id, word('accepted'), OPERATOR);
      expect(problemsOf(unclear)).toMatchObject([{ code: 'declare.several' }]);
      const clear = await campaigns.declare(place.campaign.id, word('accepted', { key: 'B' }), OPERATOR);
      expect(unwrapped(clear)).toBe(1);
      expect(await countsOf(place)).toMatchObject({ accepted: 1, uncertain: 1 });
    });
  });
}
