import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recipient } from '../../src/core/recipient.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { emptyLedger } from '../support/filled-ledger.js';
import { countDeliveries } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { campaignIn, imported } from '../support/run-in-ledger.js';
import { recipient } from '../support/sends.js';

describe('an import in blocks', () => {
  test('skips all who are gone of a file of any size, and nobody else', async () => {
    const place = campaignIn(emptyLedger());
    await imported(
      place,
      Array.from({ length: 45_000 }, (_, index) => recipient(index)),
    );
    const other = campaignIn(place.db, 'other');
    await imported(other, [recipient(0), recipient(1)]);
    await imported(place, [recipient(1), recipient(30_000), recipient(44_999)], 'd2');
    expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ pending: 3, skipped: 44_997 });
    expect(countDeliveries(place.db, other.campaignId)).toMatchObject({ pending: 2, skipped: 0 });
  });

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
      { numRuns: 60, endOnFailure: true },
    );
  });
});

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
