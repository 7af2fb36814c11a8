import { describe, expect, test } from 'vitest';
import {
  addSuppressions,
  applySuppressions,
  listSuppressions,
  removeSuppressions,
} from '../../../src/ledger/sqlite/suppressions.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, WORKSPACE } from '../../support/run-in-ledger.js';
import { campaignWith, type LedgerKind, settledAs, statusOf } from './places.js';

/** Who must not be written to. */
export function doNotContact(kind: LedgerKind): void {
  describe('the do-not-contact list', () => {
    const entry = {
      person: phoneNumber(1),
      phone: phoneNumber(1),
      reason: 'asked',
      source: 'test',
      expiresAt: null,
    };

    test('skips who is on it at once, and takes back who leaves it', async () => {
      const place = await campaignWith(kind, 2);
      expect(addSuppressions(place.db, WORKSPACE, [entry], 2_000)).toBe(1);
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'skipped', reason: 'suppressed' });
      expect(removeSuppressions(place.db, WORKSPACE, [entry.person])).toBe(1);
      applySuppressions(place.db, WORKSPACE, place.campaignId, 2_000);
      expect(statusOf(place.db, phoneNumber(1))).toEqual({ status: 'pending', reason: null });
    });

    test('ends with its expiry', async () => {
      const place = await campaignWith(kind, 2);
      addSuppressions(place.db, WORKSPACE, [{ ...entry, expiresAt: 5_000 }], 2_000);
      applySuppressions(place.db, WORKSPACE, place.campaignId, 5_001);
      expect(statusOf(place.db, phoneNumber(1))).toMatchObject({ status: 'pending' });
    });

    test('holds for its workspace alone', async () => {
      const place = await campaignWith(kind, 2);
      addSuppressions(place.db, 'another', [entry], 2_000);
      expect(statusOf(place.db, phoneNumber(1))).toMatchObject({ status: 'pending' });
      expect([...listSuppressions(place.db, WORKSPACE)]).toEqual([]);
    });

    test('never touches who was sent to', async () => {
      const { db } = await settledAs(kind, ACCEPTED);
      addSuppressions(db, WORKSPACE, [{ ...entry, person: phoneNumber(0) }], 3_000);
      expect(statusOf(db, phoneNumber(0))).toMatchObject({ status: 'accepted' });
    });
  });
}
