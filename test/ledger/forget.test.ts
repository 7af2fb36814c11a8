import { describe, expect, test } from 'vitest';
import { isFingerprint } from '../../src/ledger/sql/fingerprint.js';
import { forgetPeople } from '../../src/ledger/sqlite/forget.js';
import { forgetOlder, forgetPhone } from '../../src/ledger/sqlite/forgetting.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { reportRows } from '../../src/ledger/sqlite/report-rows.js';
import { countLastSeenBefore } from '../../src/ledger/sqlite/retention.js';
import { addSuppressions } from '../../src/ledger/sqlite/suppressions.js';
import {
  attempted,
  campaignIn,
  DAY,
  emptyLedger,
  importRows,
  NOON,
  recipient,
  rejection,
} from '../support/filled-ledger.js';
import {
  applySuppressions,
  balanceOf,
  countDeliveries,
  removeSuppressions,
  requeue,
  suppressionsPage,
} from '../support/on-sqlite.js';

const ANA = recipient(2);
const LATER = NOON + DAY;

async function withAna(): Promise<{ db: LedgerDatabase; sale: ReturnType<typeof campaignIn> }> {
  const db = emptyLedger();
  const sale = campaignIn(db);
  await importRows(db, sale, [ANA, recipient(3)]);
  return { db, sale };
}

/** Every text of every table, as one. */
function everythingIn(db: LedgerDatabase): string {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  return tables.map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all())).join('\n');
}

async function rowsOf(db: LedgerDatabase, campaignId: number) {
  const rows = [];
  for await (const batch of reportRows(db, campaignId, null)) rows.push(...batch);
  return rows;
}

function add(db: LedgerDatabase, person: string): void {
  const entry = { person, phone: person, reason: 'asked', source: 'mail', expiresAt: null };
  addSuppressions(db, 'ws', [entry], NOON);
}

test('who came back since she was found to be gone for long is not forgotten', async () => {
  const { db } = await withAna();
  expect(forgetPeople(db, [ANA.person], LATER, NOON - 1)).toMatchObject({ people: 0, deliveries: 0 });
  expect(forgetPeople(db, [ANA.person], LATER, LATER)).toMatchObject({ people: 1, deliveries: 1 });
});

describe('somebody who is forgotten', () => {
  test('leaves nothing of phone, name and values in any table', async () => {
    const { db, sale } = await withAna();
    const named = { ...ANA, body: [{ variable: '1', value: 'Zoraida' }], cells: [ANA.phone, 'Zoraida'] };
    await importRows(db, sale, [named, { ...named, line: 4 }, recipient(3)], LATER);
    attempted(db, sale, ANA.person, 'accepted', NOON);
    add(db, ANA.person);
    expect(everythingIn(db)).toContain('Zoraida');
    expect(forgetPeople(db, [ANA.person], LATER)).toMatchObject({
      people: 1,
      deliveries: 1,
      suppressions: 1,
      open: [],
    });
    expect(everythingIn(db)).not.toMatch(new RegExp(`Zoraida|${ANA.phone}`, 'u'));
    expect(everythingIn(db)).toContain(recipient(3).phone);
  });

  test('keeps status and attempts in the report, without a phone and without cells', async () => {
    const { db, sale } = await withAna();
    attempted(db, sale, ANA.person, 'accepted', NOON);
    forgetPeople(db, [ANA.person], LATER);
    const [first] = await rowsOf(db, sale.id);
    expect(first).toMatchObject({ line: 2, phone: '', status: 'accepted', attempts: 1, cells: [] });
    expect(countDeliveries(db, sale.id)).toMatchObject({ recipients: 2, accepted: 1, pending: 1 });
  });

  test.each(['pending', 'refused', 'exhausted'] as const)(
    'is never sent to again: %s becomes skipped',
    async (status) => {
      const { db, sale } = await withAna();
      if (status !== 'pending') attempted(db, sale, ANA.person, status, NOON, { reason: 'not-now' });
      forgetPeople(db, [ANA.person], LATER);
      expect(countDeliveries(db, sale.id)).toMatchObject({
        pending: 1,
        skipped: 1,
        refused: 0,
        exhausted: 0,
      });
      const all = { status: null, code: null, group: null, person: null, failedBefore: null };
      expect(requeue(db, sale.id, all, { by: 'me', at: LATER })).toMatchObject({ count: 0 });
      const back = "UPDATE deliveries SET status = 'pending' WHERE reason = 'forgotten'";
      expect(() => db.exec(back)).toThrow('a forgotten person is never sent to');
    },
  );

  test.each(['uncertain', 'sending'] as const)('stays whole while a message is %s', async (status) => {
    const { db, sale } = await withAna();
    attempted(db, sale, ANA.person, status, NOON);
    const { people, open } = forgetPeople(db, [ANA.person], LATER);
    expect([people, open]).toEqual([0, [{ person: ANA.person, campaign: 'sale', status }]]);
    expect(everythingIn(db)).toContain(ANA.phone);
  });

  test('stays out of the campaigns that had her when the file brings her again, with any key', async () => {
    const { db, sale } = await withAna();
    attempted(db, sale, ANA.person, 'accepted', NOON);
    forgetPeople(db, [ANA.person], LATER);
    await importRows(db, sale, [ANA, recipient(3), { ...ANA, line: 4, key: 'order 2' }], LATER);
    expect(countDeliveries(db, sale.id)).toMatchObject({
      recipients: 3,
      accepted: 1,
      pending: 1,
      skipped: 1,
    });
    const { imported, counted } = balanceOf(db, sale.id);
    expect(counted).toBe(imported);
    expect(everythingIn(db)).not.toContain(ANA.phone);
  });

  test('may be in a new campaign, where her entry on the do-not-contact list holds', async () => {
    const { db } = await withAna();
    add(db, ANA.person);
    forgetPeople(db, [ANA.person, recipient(3).person], LATER);
    expect([...suppressionsPage(db, 'ws', '')]).toMatchObject([{ phone: '', reason: 'asked' }]);
    const spring = campaignIn(db, { name: 'spring' });
    await importRows(db, spring, [ANA, recipient(3)], LATER);
    applySuppressions(db, spring.id, { workspace: 'ws', limit: null, at: LATER, confirmedAt: null });
    expect(countDeliveries(db, spring.id)).toMatchObject({ recipients: 2, pending: 1, skipped: 1 });
    const [ana] = await rowsOf(db, spring.id);
    expect(ana).toMatchObject({ line: 2, status: 'skipped', reason: 'suppressed' });
  });

  test('can be taken off the do-not-contact list by her number', async () => {
    const { db } = await withAna();
    add(db, ANA.person);
    forgetPeople(db, [ANA.person], LATER);
    expect(removeSuppressions(db, 'ws', [ANA.person])).toBe(1);
    expect([...suppressionsPage(db, 'ws', '')]).toEqual([]);
  });

  test('is told from everybody by fingerprints that no number can be', async () => {
    const { db } = await withAna();
    forgetPeople(db, [ANA.person], LATER);
    const [fingerprint] = db.prepare('SELECT fingerprint FROM forgotten').pluck().all() as string[];
    expect(isFingerprint(String(fingerprint))).toBe(true);
    expect(isFingerprint('123456789012345')).toBe(false);
    const other = emptyLedger();
    await importRows(other, campaignIn(other), [ANA]);
    forgetPeople(other, [ANA.person], LATER);
    expect(other.prepare('SELECT fingerprint FROM forgotten').pluck().get()).not.toBe(fingerprint);
  });

  test('is gone from rows that could not be sent, however the number was typed there', async () => {
    const { db, sale } = await withAna();
    const typed = {
      line: 5,
      phone: '+51 (900) 000-002 / casa',
      reason: 'phone.invalid',
      column: 'phone',
      value: 'x',
      cells: ['+51 (900) 000-002 / casa', 'Zoraida'],
    } as const;
    await importRows(db, sale, [ANA, { kind: 'rejection', rejection: typed }, rejection(6)], LATER);
    expect(forgetPhone(db, ANA.person, LATER).rows).toBe(1);
    expect(everythingIn(db)).not.toContain('Zoraida');
    expect(countDeliveries(db, sale.id).rejected).toBe(2);
  });
});

describe('retention', () => {
  test('forgets whose last campaign is older, and nobody else', async () => {
    const { db, sale } = await withAna();
    const spring = campaignIn(db, { name: 'spring' });
    await importRows(db, spring, [recipient(3), recipient(4)], NOON + 10 * DAY);
    attempted(db, spring, recipient(4).person, 'accepted', NOON + 40 * DAY);
    expect(countLastSeenBefore(db, NOON + 20 * DAY)).toBe(2);
    const { people } = forgetOlder(db, NOON + 20 * DAY, NOON + 50 * DAY);
    expect(people).toBe(2);
    expect(everythingIn(db)).toContain(recipient(4).phone);
    expect(everythingIn(db)).not.toContain(ANA.phone);
    expect(countDeliveries(db, sale.id)).toMatchObject({ recipients: 2, skipped: 2 });
    expect(countLastSeenBefore(db, NOON + 20 * DAY)).toBe(0);
  });

  test('empties the rows of old files that could not be sent', async () => {
    const { db, sale } = await withAna();
    await importRows(db, sale, [ANA, rejection(5)], NOON);
    expect(forgetOlder(db, LATER, LATER)).toMatchObject({ rows: 1 });
    expect(countDeliveries(db, sale.id)).toMatchObject({ rejected: 1 });
  });

  test('goes through more people than one commit takes', async () => {
    const db = emptyLedger();
    await importRows(
      db,
      campaignIn(db),
      Array.from({ length: 1_203 }, (_, line) => recipient(line + 2)),
    );
    expect(forgetOlder(db, LATER, LATER).people).toBe(1_203);
    expect(everythingIn(db)).not.toContain(ANA.phone);
  });
});
