import { describe, expect, test } from 'vitest';
import type { RowVerdict } from '../../../src/core/recipient.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  collected,
  countsOf,
  ended,
  expectBalance,
  imported,
  type OpenLedger,
  people,
  rejectedRow,
  rowsOf,
  runIn,
  settledAs,
  standing,
} from './ledger-at-hand.js';

/** How recipients files come into the ledger. */
export function imports(open: OpenLedger): void {
  describe('an import', () => {
    test('that a row breaks is all or nothing', async () => {
      const place = await campaignIn(await open());
      await expect(imported(place, [recipient(0), recipient(1, { phone: 'x' })])).rejects.toThrow(/check/iu);
      await expectNothing(place);
    });

    test('whose file breaks off is all or nothing', async () => {
      const place = await campaignIn(await open());
      const source = { file: 'r.csv', fileDigest: 'd', settingsDigest: 's', columns: ['phone'] };
      async function* brokenOff(): AsyncGenerator<readonly RowVerdict[]> {
        yield [{ kind: 'recipient', recipient: recipient(0) }];
        throw new Error('unplugged');
      }
      const target = { campaignId: place.campaign.id, source, at: 1_000 };
      await expect(place.ledger.imports.take(target, brokenOff())).rejects.toThrow('unplugged');
      await expectNothing(place);
      expect(await place.ledger.imports.last(place.campaign.id, source)).toBeNull();
      expect(await imported(place, people(2))).toMatchObject({ recipients: 2 });
    });

    async function expectNothing(place: Awaited<ReturnType<typeof campaignIn>>): Promise<void> {
      expect(await countsOf(place)).toMatchObject({ recipients: 0 });
      expect(await rowsOf(place)).toEqual([]);
      const { imported: all, counted } = await place.ledger.runs.balance(place.campaign.id);
      expect([all, counted]).toEqual([0, 0]);
    }

    test('counts a person who comes twice once, and the second row as skipped', async () => {
      const place = await campaignIn(await open());
      const summary = await imported(place, [recipient(0), recipient(1), recipient(0, { line: 9 })]);
      expect(summary).toMatchObject({ rows: 3, recipients: 2, duplicates: 1 });
      expect(await countsOf(place)).toMatchObject({ recipients: 3, pending: 2, skipped: 1 });
      expect((await rowsOf(place)).at(-1)).toMatchObject({ line: 9, status: 'skipped', reason: 'duplicate' });
      expect(await place.ledger.campaigns.skippedByReason(place.campaign.id)).toEqual({ duplicate: 1 });
    });

    test('keeps one duty for each key of a person', async () => {
      const place = await campaignIn(await open());
      const keys = ['A', 'B', 'A'];
      await imported(
        place,
        keys.map((key, index) => recipient(0, { key, line: index + 2 })),
      );
      expect(await countsOf(place)).toMatchObject({ pending: 2, skipped: 1 });
    });

    test('gives new values to who was not sent yet, and changes nothing for who was', async () => {
      const place = await settledAs(open, ACCEPTED);
      await imported(place, people(2), 'd2');
      const changed = { body: [{ variable: '1', value: 'new' }] };
      const rows = [recipient(0, changed), recipient(1, changed)];
      expect(await imported(place, rows, 'd3')).toMatchObject({ changedAfterAccepted: 1 });
      expect(await standing(place, phoneNumber(0))).toMatchObject({ status: 'accepted' });
      expect(await claimedBy(place.run)).toMatchObject([
        { phone: phoneNumber(1), bodyJson: '[{"variable":"1","value":"new"}]' },
      ]);
      const look = await lookAt(place);
      expect(await look.standings([{ kind: 'recipient', recipient: recipient(0) }])).toMatchObject([
        { kind: 'known', status: 'accepted', changed: false },
      ]);
    });

    test('skips who is no longer in the file, and takes back who returns', async () => {
      const place = await campaignWith(open, 2);
      expect(await imported(place, [recipient(0)], 'd2')).toMatchObject({ removed: 1 });
      expect(await standing(place, phoneNumber(1))).toEqual({ status: 'skipped', reason: 'removed' });
      await imported(place, people(2), 'd3');
      expect(await standing(place, phoneNumber(1))).toEqual({ status: 'pending', reason: null });
      await expectBalance(place);
    });

    test('is known again by its file and its settings, with what it told', async () => {
      const place = await campaignWith(open, 1);
      const source = { file: 'r.csv', fileDigest: 'd1', settingsDigest: 's', columns: ['phone'] };
      const last = (over: object) => place.ledger.imports.last(place.campaign.id, { ...source, ...over });
      expect(await last({})).toEqual({ changedAfterAccepted: 0, recipients: 1, deliveries: 1 });
      expect(await last({ fileDigest: 'd2' })).toBeNull();
      expect(await last({ settingsDigest: 't' })).toBeNull();
      await imported(place, [recipient(5), recipient(6)], 'd2');
      expect(await last({ fileDigest: 'd2' })).toMatchObject({ recipients: 2, deliveries: 3 });
    });

    test('keeps its rejected rows until the next file, in the order of the file', async () => {
      const place = await campaignIn(await open());
      const rows = [recipient(0), rejectedRow(9), rejectedRow(4)];
      expect(await imported(place, rows)).toMatchObject({ rows: 3, recipients: 1, rejected: 2 });
      const rejections = () => collected(place.ledger.imports.rejections(place.campaign.id));
      expect(await rejections()).toMatchObject([
        { line: 4, reason: 'phone.invalid', cells: ['abc'] },
        { line: 9 },
      ]);
      expect(await countsOf(place)).toMatchObject({ recipients: 1, rejected: 2 });
      await imported(place, [recipient(0)], 'd2');
      expect(await rejections()).toEqual([]);
    });

    test('is a plan: who would get what, who is skipped, and what is rejected', async () => {
      const place = await campaignIn(await open());
      const twice = recipient(0, { line: 7 });
      await imported(place, [...people(4), twice, rejectedRow(8)]);
      const facts = await place.ledger.imports.planFacts(place.campaign.id);
      expect(facts).toMatchObject({
        counts: { pending: 4, skipped: 1, rejected: 1 },
        skippedByReason: { duplicate: 1 },
        duplicates: [{ line: 7, firstLine: 2 }],
        rejectedByReason: { 'phone.invalid': 1 },
        rejections: [{ line: 8, phone: 'abc', column: 'phone' }],
        countries: { PE: 4 },
        repaired: 0,
      });
      expect(facts.messages.map(({ phone }) => phone)).toEqual([0, 1, 2].map(phoneNumber));
    });
  });

  describe('a look at a file', () => {
    test('says what each row would mean, and writes nothing', async () => {
      const place = await settledAs(open, ACCEPTED);
      const look = await lookAt(place, new Set([phoneNumber(2)]));
      const rows = [recipient(0), recipient(1), recipient(1, { line: 9 }), recipient(2)];
      const verdicts = rows.map((row): RowVerdict => ({ kind: 'recipient', recipient: row }));
      expect(await look.standings([...verdicts, rejectedRow(8)])).toEqual([
        { kind: 'known', status: 'accepted', reason: null, changed: false },
        { kind: 'new' },
        { kind: 'duplicate', firstLine: 3 },
        { kind: 'held-back', reason: 'suppressed' },
        null,
      ]);
      expect(await countsOf(place)).toMatchObject({ recipients: 1 });
    });

    test.each([
      [[0, 1], []],
      [[1], [{ code: 'warning.gone', params: { count: 1 } }]],
    ])(
      'warns of people whom the campaign knows and the file does not name, with rows of %j',
      async (rows, warnings) => {
        const place = await settledAs(open, ACCEPTED);
        const look = await lookAt(place, new Set());
        await look.standings(rows.map((row) => ({ kind: 'recipient', recipient: recipient(row) })));
        expect(look.warnings()).toEqual(warnings);
      },
    );

    test('knows who was forgotten by person and key, so that nobody hides who is gone from the file', async () => {
      const place = await campaignIn(await open());
      const orders = ['a', 'b'].map((key, index) => recipient(0, { key, line: index + 2 }));
      await imported(place, [...orders, recipient(1, { line: 4 })]);
      const run = await runIn(place);
      await ended(run, await claimedOne(run), ACCEPTED);
      await ended(run, await claimedOne(run), REFUSED);
      await place.ledger.people.forget(phoneNumber(0), 3_000);
      const look = await lookAt(place);
      const rows = [...orders, recipient(0, { key: 'c', line: 5 })];
      const verdicts = rows.map((row): RowVerdict => ({ kind: 'recipient', recipient: row }));
      const forgotten = { kind: 'known', status: 'skipped', reason: 'forgotten', changed: false };
      const accepted = { kind: 'known', status: 'accepted', reason: null, changed: false };
      expect(await look.standings(verdicts)).toEqual([accepted, forgotten, forgotten]);
      expect(look.warnings()).toEqual([{ code: 'warning.gone', params: { count: 1 } }]);
      // What the import makes of them is the same.
      await imported(place, [...rows, recipient(1, { line: 6 })], 'd2');
      expect(await countsOf(place)).toMatchObject({ accepted: 1, skipped: 2, pending: 1 });
    });

    test('warns of people who got the same message from another campaign', async () => {
      const place = await settledAs(open, ACCEPTED);
      const question = { workspace: WORKSPACE, campaignId: null, limit: null, suppressed: new Set<string>() };
      const planned = { id: null, workspace: WORKSPACE, template: 'sale_es', campaignName: 'other' };
      const look = await place.ledger.imports.look({ ...question, at: 3_000 }, planned);
      expect(look.warnings()).toEqual([]);
      await look.planned(people(2));
      expect(look.warnings()).toMatchObject([{ params: { other: 'sale', people: 1 } }]);
    });
  });

  function lookAt(
    { ledger, campaign }: Awaited<ReturnType<typeof campaignIn>>,
    suppressed = new Set<string>(),
  ) {
    const { id: campaignId, workspace } = campaign;
    return ledger.imports.look({ workspace, campaignId, limit: null, suppressed, at: 3_000 }, campaign);
  }

  test('a file of several batches stays in its order', async () => {
    const place = await campaignIn(await open());
    const all = people(1_200);
    async function* batches(): AsyncGenerator<readonly RowVerdict[]> {
      for (let from = 0; from < all.length; from += 500) {
        yield all.slice(from, from + 500).map((one) => ({ kind: 'recipient', recipient: one }));
      }
    }
    const source = { file: 'r.csv', fileDigest: 'd', settingsDigest: 's', columns: ['phone'] };
    await place.ledger.imports.take({ campaignId: place.campaign.id, source, at: 1 }, batches());
    const claimed = await claimedBy(await runIn(place), 2_000);
    expect(claimed.map(({ phone }) => phone)).toEqual(all.map(({ phone }) => phone));
    await expectBalance(place);
  });
}
