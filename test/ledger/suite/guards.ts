import { describe, expect, test } from 'vitest';
import { ACCEPTED, REFUSED, UNCERTAIN } from '../../support/sends.js';
import { type OpenLedger, settledAs, standing } from './ledger-at-hand.js';

const CHECK = /check/iu;
const UNIQUE = /unique/iu;
const NO_VALUE = /check|cannot store|invalid|type/iu;

const EVIDENCE = (kind: string): string => `
  INSERT INTO evidence (delivery_id, attempt_id, kind, detail, recorded_by, recorded_at)
  SELECT delivery_id, id, '${kind}', '{}', 'test', 1 FROM attempts`;

/** What the schema refuses, whatever the code does. */
export function guards(open: OpenLedger): void {
  describe('refuses by itself', () => {
    test.each([
      ['a phone with anything but digits', "UPDATE deliveries SET phone = '+51 9'", CHECK],
      ['an identity with anything but digits', "UPDATE deliveries SET person = '51x'", CHECK],
      ['an empty phone', "UPDATE deliveries SET phone = ''", CHECK],
      ['a phone that is a number', 'UPDATE deliveries SET phone = 51987654321.0', NO_VALUE],
      ['an identity that begins with zero', "UPDATE deliveries SET person = '051987654321'", CHECK],
      ['a phone with a sign', "UPDATE deliveries SET phone = '-51987654321'", CHECK],
      ['a phone with a space', "UPDATE deliveries SET phone = '51987654321 '", CHECK],
      ['a phone in scientific notation', "UPDATE deliveries SET phone = '5e10'", CHECK],
      ['a phone of zero', "UPDATE deliveries SET phone = '0'", CHECK],
      ['a status that does not exist', "UPDATE deliveries SET status = 'sent'", CHECK],
      ['a confirmation that does not exist', "UPDATE deliveries SET confirmation = 'read'", CHECK],
      ['a text where a moment stands', "UPDATE deliveries SET due_at = 'soon'", NO_VALUE],
      ['a live attempt that is not marked as one', 'UPDATE attempts SET live = NULL', CHECK],
      [
        'an outcome that does not exist',
        "INSERT INTO attempts (delivery_id, run_id, started_at, outcome) VALUES (7, 1, 1, 'sent')",
        CHECK,
      ],
      ['to delete an attempt', 'DELETE FROM attempts', /never deleted/u],
      [
        'an absence without evidence',
        "UPDATE attempts SET outcome = 'absent', live = NULL",
        /needs stored evidence/u,
      ],
      ['evidence of a kind that does not exist', "UPDATE evidence SET kind = 'hunch'", CHECK],
      ['to delete evidence', 'DELETE FROM evidence', /never deleted/u],
      ['a control that does not exist', "UPDATE campaigns SET control = 'stop'", CHECK],
      ['to send again what is uncertain', "UPDATE deliveries SET status = 'pending'", /live attempt/u],
      ['to send what is uncertain', "UPDATE deliveries SET status = 'sending'", /live attempt/u],
      [
        'a second live attempt of a delivery',
        'INSERT INTO attempts (delivery_id, run_id, started_at) SELECT id, 1, 1 FROM deliveries',
        UNIQUE,
      ],
      [
        'the same person and key twice in a campaign',
        `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
         SELECT campaign_id, person, key, phone, country, 99, 1 FROM deliveries`,
        UNIQUE,
      ],
    ])('%s', async (_what, sql, message) => {
      const { rawly } = await settledAs(open, UNCERTAIN);
      await rawly(EVIDENCE('listed'));
      await expect(rawly(sql)).rejects.toThrow(message);
    });

    test.each(['pending', 'sending', 'uncertain', 'refused', 'skipped'])(
      'that an accepted delivery becomes %s',
      async (status) => {
        const { rawly } = await settledAs(open, ACCEPTED);
        const change = rawly(`UPDATE deliveries SET status = '${status}'`);
        await expect(change).rejects.toThrow(/final|live attempt/u);
      },
    );

    test.each([
      ['refused', REFUSED],
      ['accepted', ACCEPTED],
    ] as const)('that an attempt ends a second time after %s', async (_name, outcome) => {
      const { rawly } = await settledAs(open, outcome);
      const again = rawly("UPDATE attempts SET outcome = 'deferred', live = NULL");
      await expect(again).rejects.toThrow(/ends once/u);
    });

    test('that a forgotten person is sent to', async () => {
      const { ledger, rawly, delivery } = await settledAs(open, REFUSED);
      await ledger.people.forget(delivery.person, 3_000);
      const back = rawly("UPDATE deliveries SET status = 'pending' WHERE reason = 'forgotten'");
      await expect(back).rejects.toThrow(/never sent to/u);
    });

    test('what belongs to no campaign', async () => {
      const { rawly } = await open();
      const insert = `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
        VALUES (7, '51', '', '51', 'PE', 1, 1)`;
      await expect(rawly(insert)).rejects.toThrow(/foreign key/iu);
    });

    test('a second identity', async () => {
      const { rawly } = await open();
      const second = (row: number): Promise<void> =>
        rawly(`INSERT INTO ledger_identity (only_row, id) VALUES (${row}, 'x')`);
      await expect(second(1)).rejects.toThrow(UNIQUE);
      await expect(second(2)).rejects.toThrow(CHECK);
    });

    test('nothing that evidence of absence allows', async () => {
      const place = await settledAs(open, UNCERTAIN);
      await place.rawly(EVIDENCE('absent'));
      await place.rawly("UPDATE attempts SET outcome = 'absent', live = NULL");
      await place.rawly("UPDATE deliveries SET status = 'pending'");
      expect(await standing(place, place.delivery.person)).toMatchObject({ status: 'pending' });
    });
  });
}
