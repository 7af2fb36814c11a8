import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recipient } from '../../../src/core/recipient.js';
import { countDeliveries } from '../../../src/ledger/sqlite/counts.js';
import { type LedgerDatabase, openLedger } from '../../../src/ledger/sqlite/open-ledger.js';
import { balanceOf } from '../../../src/ledger/sqlite/runs.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, campaignIn, imported, recipient, runIn } from '../../support/run-in-ledger.js';
import { campaignWith, type LedgerKind, openedLedger, settledAs, statusOf } from './places.js';

/** How recipients files come into the ledger. */
export function imports(kind: LedgerKind): void {
  describe('an import', () => {
    test('is all or nothing', async () => {
      const place = campaignIn(openedLedger(kind));
      const broken = [recipient(0), recipient(1, { phone: 'x' })];
      await expect(imported(place, broken)).rejects.toThrow(/CHECK/u);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ recipients: 0 });
      expect(place.db.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(0);
      expect(balanceOf(place.db, place.campaignId)).toEqual({ imported: 0, counted: 0 });
    });

    test('counts a person who comes twice once, and the second row as skipped', async () => {
      const place = campaignIn(openedLedger(kind));
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
      const place = campaignIn(openedLedger(kind));
      await imported(place, [
        recipient(0, { key: 'A' }),
        recipient(0, { key: 'B' }),
        recipient(0, { key: 'A' }),
      ]);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ pending: 2, skipped: 1 });
    });

    test('gives new values to who was not sent yet, and changes nothing for who was', async () => {
      const { db, campaignId } = await settledAs(kind, ACCEPTED);
      const place = { db, campaignId };
      await imported(place, [recipient(0), recipient(1)], 'd2');
      const changed = { body: [{ variable: '1', value: 'new' }] };
      await imported(place, [recipient(0, changed), recipient(1, changed)], 'd3');
      const bodies = db.prepare('SELECT body FROM contents ORDER BY delivery_id').pluck().all();
      expect(bodies).toEqual(['[{"variable":"1","value":"Ana 0"}]', '[{"variable":"1","value":"new"}]']);
      expect(statusOf(db, phoneNumber(0))).toMatchObject({ status: 'accepted' });
    });

    test('skips who is no longer in the file, and takes back who returns', async () => {
      const place = await campaignWith(kind, 2);
      await imported(place, [recipient(0)], 'd2');
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'skipped', reason: 'removed' });
      await imported(place, [recipient(0), recipient(1)], 'd3');
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'pending', reason: null });
    });

    test.runIf(kind === 'memory')(
      'skips all who are gone of a file of any size, and nobody else',
      async () => {
        const place = await campaignWith(kind, 45_000);
        const other = campaignIn(place.db, 'other');
        await imported(other, [recipient(0), recipient(1)]);
        await imported(place, [recipient(1), recipient(30_000), recipient(44_999)], 'd2');
        expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ pending: 3, skipped: 44_997 });
        expect(countDeliveries(place.db, other.campaignId)).toMatchObject({ pending: 2, skipped: 0 });
      },
    );

    test('comes to the same however many rows are written at a time', async () => {
      const file = fc.array(fc.record({ person: fc.nat(600), plain: fc.boolean() }), {
        maxLength: 200,
        size: 'max',
      });
      await fc.assert(
        fc.asyncProperty(
          file,
          file,
          fc.constantFrom('plain', 'rich', 'mixed'),
          async (first, second, kindOfRows) => {
            const [inBlocks, oneByOne] = await Promise.all(
              [500, 1].map(async (atATime) => {
                const place = campaignIn(unwrapped(openLedger(':memory:', { mode: 'create' })));
                const files = [first, second].map((rows) =>
                  rows.map((row, index) => rowOf(row, index, kindOfRows)),
                );
                const summaries = [];
                for (const [index, rows] of files.entries()) {
                  summaries.push(await imported(place, rows, `d${index}`, atATime));
                }
                const whole = wholeImport(place.db);
                place.db.close();
                return { summaries, ...whole };
              }),
            );
            expect(inBlocks).toEqual(oneByOne);
          },
        ),
        { numRuns: kind === 'memory' ? 60 : 1, endOnFailure: true },
      );
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
}

/** A row of a large file; one that is not plain has a key, a header variable, an attachment and a repaired value. */
function rowOf(
  { person, plain }: { person: number; plain: boolean },
  index: number,
  rows: 'plain' | 'rich' | 'mixed',
): Recipient {
  const line = index + 2;
  const cells = [phoneNumber(person), `row ${index}`];
  if (rows === 'plain' || (rows === 'mixed' && plain)) return recipient(person, { line, cells });
  const header = [{ variable: '1', value: `header ${index}` }];
  const attachment = { url: `https://files.example/${index}.pdf`, name: 'invoice.pdf' };
  return recipient(person, { line, cells, key: `K${person % 3}`, header, attachment, repaired: ['body.1'] });
}

/** Everything that imports left. */
function wholeImport(db: LedgerDatabase): Readonly<Record<string, unknown>> {
  const all = (sql: string): unknown => db.prepare(sql).raw().all();
  return {
    deliveries: all(
      'SELECT id, person, key, phone, country, line, import_id, status, reason FROM deliveries ORDER BY id',
    ),
    contents: all('SELECT * FROM contents ORDER BY delivery_id'),
    duplicates: all('SELECT line, first_line, phone, cells FROM duplicates ORDER BY line'),
    imports: all(
      'SELECT rows, recipients, duplicates, rejected, changed_after_accepted FROM imports ORDER BY id',
    ),
    campaign: all('SELECT imported FROM campaigns'),
  };
}
