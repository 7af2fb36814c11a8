import { describe, expect, test } from 'vitest';
import { addEvidence } from '../../../src/ledger/sqlite/evidence.js';
import { ACCEPTED, REFUSED, UNCERTAIN } from '../../support/run-in-ledger.js';
import { type LedgerKind, openedLedger, settledAs, statusOf } from './places.js';

/** What the schema refuses, whatever the code does. */
export function guards(kind: LedgerKind): void {
  describe('refuses by itself', () => {
    test.each([
      ['a phone with anything but digits', "UPDATE deliveries SET phone = '+51 9'", /CHECK/u],
      ['an identity with anything but digits', "UPDATE deliveries SET person = '51x'", /CHECK/u],
      ['an empty phone', "UPDATE deliveries SET phone = ''", /CHECK/u],
      ['a phone that is a number', 'UPDATE deliveries SET phone = 51987654321.0', /CHECK/u],
      ['an identity that begins with zero', "UPDATE deliveries SET person = '051987654321'", /CHECK/u],
      ['a phone with a sign', "UPDATE deliveries SET phone = '-51987654321'", /CHECK/u],
      ['a phone with a space', "UPDATE deliveries SET phone = '51987654321 '", /CHECK/u],
      ['a phone in scientific notation', "UPDATE deliveries SET phone = '5e10'", /CHECK/u],
      ['a phone of zero', "UPDATE deliveries SET phone = '0'", /CHECK/u],
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
      const { db, delivery } = await settledAs(kind, UNCERTAIN);
      addEvidence(db, delivery, 'listed', {}, { by: 'test', at: 1 });
      expect(() => db.exec(sql)).toThrow(message);
    });

    test.each(['pending', 'sending', 'uncertain', 'refused', 'skipped'])(
      'that an accepted delivery becomes %s',
      async (status) => {
        const { db } = await settledAs(kind, ACCEPTED);
        expect(() => db.prepare('UPDATE deliveries SET status = ?').run(status)).toThrow(
          /final|live attempt/u,
        );
      },
    );

    test.each([
      ['refused', REFUSED],
      ['accepted', ACCEPTED],
    ] as const)('that an attempt ends a second time after %s', async (_name, outcome) => {
      const { db } = await settledAs(kind, outcome);
      expect(() => db.exec("UPDATE attempts SET outcome = 'deferred', live = NULL")).toThrow(/ends once/u);
    });

    test('what belongs to no campaign', () => {
      const db = openedLedger(kind);
      const insert = `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
        VALUES (7, '51', '', '51', 'PE', 1, 1)`;
      expect(() => db.exec(insert)).toThrow(/FOREIGN KEY/u);
    });

    test('nothing that evidence of absence allows', async () => {
      const { db, delivery } = await settledAs(kind, UNCERTAIN);
      addEvidence(db, delivery, 'absent', {}, { by: 'test', at: 1 });
      db.exec("UPDATE attempts SET outcome = 'absent', live = NULL");
      db.exec("UPDATE deliveries SET status = 'pending'");
      expect(statusOf(db, delivery.person)).toMatchObject({ status: 'pending' });
    });
  });
}
