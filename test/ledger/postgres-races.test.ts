import { expect, test } from 'vitest';
import type { RunLedger } from '../../src/core/ports.js';
import { heldAtCommit, somebodyWaits, twoMachines } from '../support/postgres/two-machines.js';
import { ACCEPTED, NOT_SENT, settlementOf } from '../support/sends.js';
import { campaignIn, claimedOne, countsOf, imported, people, runIn } from './suite/ledger-at-hand.js';

/** Whoever waits for another one too long tries again. */
async function written(run: RunLedger): Promise<void> {
  while ((await run.flush()).kind !== 'written');
}

test('a late answer that meets the end of the next try settles it: no third message goes out', async () => {
  const { db, ...at } = await twoMachines();
  const place = await campaignIn(at);
  await imported(place, people(1));
  const old = await runIn(place);
  const delivery = await claimedOne(old);
  await place.rawly("UPDATE runs SET lease_until = '-infinity'");
  const other = await at.again();
  const next = await runIn({ ...place, ledger: other });
  await next.recover(3_000);
  const word = { people: [delivery], key: null, fate: 'absent', note: 'looked' } as const;
  await other.campaigns.declare(place.campaign.id, word, { by: 'ana', at: 4_000 });
  const again = await claimedOne(next, 5_000);
  const goOn = await heldAtCommit(db, 'evidence');
  old.recordOutcome(settlementOf(delivery, ACCEPTED));
  const late = written(old);
  await somebodyWaits(db);
  next.recordOutcome(settlementOf(again, NOT_SENT));
  const ended = written(next);
  await Promise.race([ended, somebodyWaits(db, 2)]);
  await goOn();
  await Promise.all([late, ended]);
  expect(await countsOf(place)).toMatchObject({ accepted: 1, pending: 0 });
  expect(await next.claim(1, 6_000)).toMatchObject({ deliveries: [] });
});
