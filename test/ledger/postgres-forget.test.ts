import { expect, test } from 'vitest';
import type { Ledger } from '../../src/core/ledger/ledger.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import type { Database } from '../../src/ledger/postgres/database.js';
import { leftOpen, somebodyWaits, twoMachines } from '../support/postgres/two-machines.js';
import { phoneNumber } from '../support/run-cli.js';
import { ACCEPTED, recipient, WORKSPACE } from '../support/sends.js';
import {
  campaignIn,
  claimedBy,
  claimedOne,
  collected,
  ended,
  expectBalance,
  imported,
  OPERATOR,
  type Place,
  people,
  runIn,
  standing,
} from './suite/ledger-at-hand.js';

const person = phoneNumber(0);

/** Imports the first two people, and has the first one forgotten by another machine while her row is on its way. */
async function forgottenMeanwhile(
  { ledger, campaign, again }: Place,
  db: Database,
  forget = ({ people }: Ledger): Promise<unknown> => people.forget(person, 5_000),
): Promise<void> {
  const other = await again();
  let forgetting: Promise<unknown> = Promise.resolve();
  async function* rows(): AsyncGenerator<readonly RowVerdict[]> {
    yield [{ kind: 'recipient', recipient: recipient(0) }];
    forgetting = forget(other);
    await Promise.race([forgetting, somebodyWaits(db)]);
    yield [{ kind: 'recipient', recipient: recipient(1) }];
  }
  const source = { file: 'recipients.csv', fileDigest: 'd2', settingsDigest: 's', columns: ['phone'] };
  await ledger.imports.take({ campaignId: campaign.id, source, at: 4_000 }, rows());
  await forgetting;
}

test('who is forgotten while a file is read that brings her again is not sent to twice', async () => {
  const { db, ...at } = await twoMachines();
  const place = await campaignIn(at);
  await imported(place, people(1));
  const run = await runIn(place);
  await ended(run, await claimedOne(run), ACCEPTED);
  await run.end(3_000, null, 'finished');
  await forgottenMeanwhile(place, db);
  expect((await claimedBy(await runIn(place))).map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
  await expectBalance(place);
});

test('who is forgotten while a new campaign takes her in stays on the do-not-contact list', async () => {
  const { db, ...at } = await twoMachines();
  const place = await campaignIn(at);
  const entry = { person, phone: person, reason: 'asked', source: OPERATOR.by, expiresAt: null };
  await at.ledger.lists.add(WORKSPACE, [entry], 2_000);
  await forgottenMeanwhile(place, db);
  expect((await claimedBy(await runIn(place))).map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
  await expectBalance(place);
});

test('who comes back in a file while those of old campaigns are forgotten is not one of them', async () => {
  const { db, ...at } = await twoMachines();
  await imported(await campaignIn(at, { name: 'old' }), people(1));
  const place = await campaignIn(at);
  await forgottenMeanwhile(place, db, ({ people: all }) => all.forgetOlder(3_000, 5_000));
  expect(await standing(place, person)).toEqual({ status: 'pending', reason: null });
});

test('who is put on the do-not-contact list while a file brings her back that had been forgotten on it is on it once', async () => {
  const { db, ...at } = await twoMachines();
  const entry = { person, phone: person, reason: 'asked', source: OPERATOR.by, expiresAt: null };
  await at.ledger.lists.add(WORKSPACE, [entry], 2_000);
  await at.ledger.people.forget(person, 3_000);
  const place = await campaignIn(at);
  const goOn = await leftOpen(
    db,
    `INSERT INTO suppressions (workspace, person, phone, reason, source, added_at, expires_at)
     VALUES ('${WORKSPACE}', '${person}', '${person}', 'again', 'mail', 4000, 9000)`,
  );
  const taken = imported(place, people(1));
  await somebodyWaits(db);
  await goOn();
  expect(await taken).toMatchObject({ recipients: 1 });
  const listed = await collected(at.ledger.lists.entries(WORKSPACE));
  expect(listed).toMatchObject([{ person, reason: 'asked', expiresAt: null }]);
});
