import { expect, test } from 'vitest';
import type { PlannedCampaign } from '../../src/core/ledger/imports.js';
import { REPEATS_OF_PENDING, repeatsAsked, repeatsOf } from '../../src/ledger/sql/repeated-messages.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { GIVEN, RepeatedMessages } from '../../src/ledger/sqlite/repeated-messages.js';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  NOON,
  recipient,
} from '../support/filled-ledger.js';
import { ledgerWarnings, sameNameWarnings } from '../support/on-sqlite.js';

/** A ledger in which `old` went to two people two days ago, and the campaign that is asked about. */
async function world(): Promise<{ db: LedgerDatabase; fresh: PlannedCampaign }> {
  const db = emptyLedger();
  const old = campaignIn(db, { name: 'old', campaignName: 'Old' });
  await importRows(db, old, [recipient(2), recipient(3), recipient(4)]);
  for (const line of [2, 3]) attempted(db, old, recipient(line).person, 'accepted', NOON - 2 * DAY);
  const { workspace, template } = old;
  return { db, fresh: { id: null, workspace, template, campaignName: 'Fresh' } };
}

function warningsFor(db: LedgerDatabase, campaign: PlannedCampaign, lines: readonly number[], at = NOON) {
  const repeated = new RepeatedMessages(db, campaign, at);
  for (const line of lines) repeated.add([recipient(line)]);
  return repeated.warnings();
}

test('a campaign that the ledger does not know yet is warned of people who got its message from another', async () => {
  const { db, fresh } = await world();
  expect(warningsFor(db, fresh, [2, 3, 4, 5])).toEqual([
    { code: 'warning.same-message', params: { people: 2, other: 'old', more: 'no' } },
  ]);
});

test('other values, another template, another workspace and a week are no repetition', async () => {
  const { db, fresh } = await world();
  const repeated = new RepeatedMessages(db, fresh, NOON);
  repeated.add([recipient(2, { body: [{ variable: '1', value: 'Eva' }] })]);
  expect(repeated.warnings()).toEqual([]);
  expect(warningsFor(db, { ...fresh, template: 'other' }, [2])).toEqual([]);
  expect(warningsFor(db, { ...fresh, workspace: 'elsewhere' }, [2])).toEqual([]);
  expect(warningsFor(db, fresh, [2], NOON + 6 * DAY)).toEqual([]);
});

test.each([
  ['rows of a file', repeatsOf(GIVEN), { rows: '[]' }],
  ['the pending', REPEATS_OF_PENDING, {}],
])(
  'of %s each person is looked up: nobody goes through everybody who ever got the template',
  async (_whose, sql, rows) => {
    const { db, fresh } = await world();
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ ...repeatsAsked(fresh, NOON), ...rows }) as {
      readonly detail: string;
    }[];
    const looks = plan
      .map(({ detail }) => detail)
      .filter((detail) => /^(SCAN|SEARCH) (d|p|o|oc)\b/u.test(detail));
    expect(looks.filter((detail) => detail.includes(' d '))).toEqual([expect.stringContaining('(person=?')]);
    expect(looks.filter((detail) => detail.includes(' p ') && !detail.includes('deliveries_due'))).toEqual(
      [],
    );
  },
);

test('a campaign does not repeat itself', async () => {
  const { db, fresh } = await world();
  const old = campaignIn(db, { name: 'old', campaignName: 'Old' });
  expect(warningsFor(db, { ...fresh, id: old.id }, [2])).toEqual([]);
});

test('beyond the sample nobody is looked at, and the warning says so', async () => {
  const { db, fresh } = await world();
  const repeated = new RepeatedMessages(db, fresh, NOON);
  repeated.add([recipient(2)]);
  repeated.add(Array.from({ length: 19_999 }, (_, index) => recipient(index + 100)));
  expect(repeated.isFull).toBe(true);
  repeated.add([recipient(3)]);
  expect(repeated.warnings()).toMatchObject([{ params: { people: 1, more: 'yes' } }]);
});

test('a campaignName that another campaign uses is a warning before the first send, too', async () => {
  const { db, fresh } = await world();
  expect(sameNameWarnings(db, fresh)).toEqual([]);
  expect(sameNameWarnings(db, { ...fresh, campaignName: 'Old' })).toMatchObject([
    { code: 'warning.same-campaign-name', params: { other: 'old' } },
  ]);
  expect(ledgerWarnings(db, campaignIn(db, { name: 'old', campaignName: 'Old' }), NOON)).toEqual([]);
});
