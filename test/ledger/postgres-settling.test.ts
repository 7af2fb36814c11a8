import { describe, expect, test } from 'vitest';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { UNCERTAIN } from '../support/sends.js';
import {
  campaignWith,
  claimedBy,
  clocksAt,
  countsOf,
  ended,
  OPERATOR,
  runIn,
  settledAs,
} from './suite/ledger-at-hand.js';
import { LATER, listed, onlySend, POLICY, present, read, settlingOf } from './suite/list-at-hand.js';
import { inPostgres } from './suite/postgres-at-hand.js';

/** Somebody claimed by a machine that was lost so long ago. */
async function lost(agoMs: number) {
  const place = await campaignWith(inPostgres, 1);
  await claimedBy(await runIn(place));
  const other = await place.again();
  const ago = `interval '${agoMs} milliseconds'`;
  await place.rawly(`UPDATE plazcast.runs SET lease_until = clock_timestamp() - ${ago}`);
  expect(await other.runs.recover(place.campaign.id, 3_000)).toBe(1);
  return place;
}

describe('a message of a machine that was lost', () => {
  test('may have left until its lease and the margin were over', async () => {
    const settling = settlingOf(await lost(60_000));
    const [attempt] = unwrapped(await settling.uncertainAttempts(await read(settling, []), 0, 9));
    expect(attempt).toMatchObject({ endedAt: null, lastedMs: null });
    expect(attempt?.sinceLeaseMs).toBeGreaterThanOrEqual(58_000);
    expect(attempt?.sinceLeaseMs).toBeLessThan(178_000);
  });

  test('is not looked for as absent before that and the settle time', async () => {
    const place = await lost(3_000);
    const at = Date.now();
    const span = unwrapped(await settlingOf(place).uncertainSpan(POLICY, at));
    expect(span).toMatchObject({ count: 1, lastSettledAt: null });
    const news = unwrapped(await settlingOf(place).scanNews(POLICY, at));
    expect(news?.nextSettledAt).toBeGreaterThan(at + POLICY.settleMs);
    const policy = { ...POLICY, resend: 'no' } as const;
    const told = await place.ledger.status.whatWouldSettle(place.campaign.id, policy, clocksAt(at));
    expect(told).toMatchObject([{ code: 'reconcile.left.settling', count: 1 }]);
  });

  test('needs no such wait where the process itself saw its end', async () => {
    const settling = settlingOf(await settledAs(inPostgres, UNCERTAIN));
    const [attempt] = unwrapped(await settling.uncertainAttempts(await read(settling, []), 0, 9));
    expect(attempt).toMatchObject({ endedAt: 2_000, sinceLeaseMs: null });
  });
});

describe('a record of the list', () => {
  test('settles one send alone, however many ask at once', async () => {
    const place = await campaignWith(inPostgres, 2);
    const run = await runIn(place);
    for (const delivery of await claimedBy(run)) await ended(run, delivery, UNCERTAIN);
    const readers = [settlingOf(place), settlingOf({ ...place, ledger: await place.again() })] as const;
    const scanId = await read(readers[0], [listed('a', 0)]);
    const [record] = unwrapped(await readers[0].recordsOf(scanId, [phoneNumber(0)]));
    if (record === undefined) throw new Error('nothing was listed');
    const written = await Promise.all(
      readers.map(async (settling, index) => {
        const send = await onlySend(settling, index);
        const matches = [{ send, record, likeness: 'exact', unrivalled: true } as const];
        return unwrapped(await settling.writePresence(scanId, { matches, extra: [] }, true, OPERATOR));
      }),
    );
    expect(written.map(({ accepted }) => accepted).sort()).toEqual([0, 1]);
    expect(await countsOf(place)).toMatchObject({ accepted: 1, uncertain: 1 });
  });

  test('is understood whatever characters it has', async () => {
    const place = await settledAs(inPostgres, UNCERTAIN);
    const settling = settlingOf(place);
    const scanId = await read(settling, [listed('a\0\uD800', 0, 1_600, { summary: '\0 \uDC00 ok' })]);
    expect(await present(settling, scanId)).toMatchObject({ accepted: 1 });
    expect(await onlySend(settling)).toMatchObject({ ownRecordId: 'a\uFFFD\uFFFD' });
    const again = await read(settling, [listed('a\0\uD800', 0)], { at: LATER + 1, startedAfter: LATER });
    expect(await present(settling, again)).toMatchObject({ accepted: 0, confirmed: 0 });
  });
});
