import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunLedger } from '../../src/core/ports.js';
import { startPostgresProxy } from '../chaos/postgres-proxy.js';
import {
  heldAtCommit,
  heldBefore,
  leftOpen,
  somebodyWaits,
  twoMachines,
} from '../support/postgres/two-machines.js';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { ACCEPTED, NOT_SENT, settlementOf, WORKSPACE } from '../support/sends.js';
import {
  campaignIn,
  claimedOne,
  countsOf,
  ended,
  imported,
  MINUTE,
  OPERATOR,
  people,
  runIn,
  takenOut,
} from './suite/ledger-at-hand.js';
import { postgresAt } from './suite/postgres-at-hand.js';

const EVERYTHING = { by: null, campaign: null, since: null, until: null };

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

describe('approvals', () => {
  const wanted = { workspace: WORKSPACE, campaign: 'sale', planDigest: 'd1', people: 20, note: '' };

  test('one that is answered while another plan is asked for is answered, and then void', async () => {
    const { db, ledger, again } = await twoMachines();
    const other = await again();
    const { id } = unwrapped(await ledger.approvals.ask(wanted, { by: 'Ana', at: 1 }));
    const goOn = await leftOpen(db, 'SELECT FROM approvals FOR UPDATE');
    const answered = ledger.approvals.answer(id, { state: 'approved', reason: '' }, { by: 'Eva', at: 2 });
    await somebodyWaits(db);
    const asked = other.approvals.ask({ ...wanted, planDigest: 'd2' }, { by: 'Luis', at: 2 });
    await somebodyWaits(db, 2);
    await goOn();
    expect(unwrapped(await answered)).toMatchObject({ state: 'approved', answeredBy: 'Eva' });
    expect(unwrapped(await asked)).toMatchObject({ state: 'open', planDigest: 'd2' });
    expect((await ledger.actions.page(EVERYTHING, null, 9)).map(({ kind }) => kind)).toEqual([
      'approval-asked',
      'approval-voided',
      'approval-approved',
      'approval-asked',
    ]);
  });

  test('that two people ask for at once for all campaigns are in the log once', async () => {
    const { db, ledger, again } = await twoMachines();
    const other = await again();
    const goOn = await heldAtCommit(db, 'settings');
    const first = ledger.approvals.setRequired(true, { by: 'Ada', at: 1 });
    await somebodyWaits(db);
    const second = other.approvals.setRequired(true, { by: 'Eve', at: 1 });
    await somebodyWaits(db, 2);
    await goOn();
    await Promise.all([first, second]);
    expect(await ledger.actions.page(EVERYTHING, null, 9)).toMatchObject([{ by: 'Ada' }]);
  });
});

test('a machine that looks at who holds a lock and falls silent keeps nobody from renewing it', async () => {
  const { ledger, address, db } = await twoMachines();
  const silence = { falls: () => {} };
  const proxy = await startPostgresProxy(Number(new URL(address).port), ({ text }) => {
    if (text.includes('FROM leases')) silence.falls();
    return null;
  });
  silence.falls = () => proxy.partition(true);
  const silent = await postgresAt(address.replace(/:\d+\//u, `:${proxy.port}/`));
  onTestFinished(() => proxy.close());
  const holder = { pid: 1, host: 'one', campaign: 'sale', since: 1 };
  await ledger.sharedLocks?.take('sender-1', holder);
  const asked = silent.sharedLocks?.take('sender-1', { ...holder, host: 'other' }).catch(() => undefined);
  const isSilent = `
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%FROM leases%'
      AND state = 'idle in transaction'`;
  while ((await db.row(isSilent)) === undefined);
  const renewed = db.row('SELECT name FROM leases FOR NO KEY UPDATE NOWAIT');
  await expect(renewed).resolves.toEqual({ name: 'sender-1' });
  await proxy.close();
  await asked;
});

test.each([
  ['is to be sent', people(1)],
  ['is taken back with her row', []],
])(
  'whose late answer comes while a file is taken in that changes her, and who %s, has got what she got',
  async (_name, before) => {
    const { db, ...at } = await twoMachines();
    const place = await campaignIn(at);
    await imported(place, people(1));
    await imported(place, before, 'd2');
    const goOn = await heldBefore(db, 'INSERT', 'duplicates');
    const changed = people(1).map((one) => ({ ...one, body: [{ variable: '1', value: 'changed' }] }));
    const taken = imported(place, changed, 'd3');
    await somebodyWaits(db);
    await place.rawly("UPDATE deliveries SET status = 'accepted', reason = NULL");
    await goOn();
    expect(await taken).toMatchObject({ recipients: 1 });
    expect(await countsOf(place)).toMatchObject({ accepted: 1, pending: 0 });
    expect(await db.row("SELECT 1 FROM contents WHERE body LIKE '%changed%'")).toBeUndefined();
  },
);

test('whose late answer comes while a limit takes her out has got what she got', async () => {
  const { db, ...at } = await twoMachines();
  const place = await campaignIn(at);
  await imported(place, people(1));
  const other = await campaignIn(at, { name: 'other' });
  await imported(other, people(1));
  const run = await runIn(other);
  await ended(run, await claimedOne(run), ACCEPTED);
  const goOn = await leftOpen(
    db,
    `UPDATE deliveries SET status = 'accepted', reason = NULL WHERE campaign_id = ${place.campaign.id}`,
  );
  const out = takenOut(place, 2_500, { count: 1, perMs: MINUTE });
  await somebodyWaits(db);
  await goOn();
  await out;
  expect(await countsOf(place)).toMatchObject({ accepted: 1, skipped: 0 });
});

/** A file of two people who are known is taken in once more, and stands still before its end; `other` is another machine. */
async function takingTheFileIn() {
  const { db, ...at } = await twoMachines();
  const place = await campaignIn(at);
  await imported(place, people(2));
  const other = await at.again();
  const goOn = await heldBefore(db, 'UPDATE', 'imports');
  const taken = imported(place, people(2), 'd2');
  await somebodyWaits(db);
  return { db, place, other, goOn, taken };
}

test('who is taken out while a file is taken in that has her is out when it is in', async () => {
  const { db, place, other, goOn, taken } = await takingTheFileIn();
  const entry = {
    person: phoneNumber(0),
    phone: phoneNumber(0),
    reason: 'asked',
    source: 'mail',
    expiresAt: null,
  };
  const added = other.lists.add(WORKSPACE, [entry], 3_000);
  await somebodyWaits(db, 2);
  await goOn();
  expect(await added).toBe(1);
  expect(await taken).toMatchObject({ recipients: 2 });
  expect(await countsOf(place)).toMatchObject({ pending: 1, skipped: 1 });
});

test('a cancel while a file is taken in is heard when it is in', async () => {
  const { db, place, other, goOn, taken } = await takingTheFileIn();
  const canceled = other.campaigns.cancel(place.campaign.id, OPERATOR);
  await somebodyWaits(db, 2);
  await goOn();
  expect(await canceled).toBe(2);
  expect(await taken).toMatchObject({ recipients: 2 });
  expect(await other.campaigns.find(place.campaign)).toMatchObject({ control: 'canceled' });
});

test('what took people out last stands behind all that did before: a ledger that holds it lacks none of them', async () => {
  const { db, ledger, again } = await twoMachines();
  const place = await campaignIn({ ledger, rawly: async () => {}, again });
  const other = await again();
  const goOn = await heldAtCommit(db, 'actions');
  const canceled = ledger.campaigns.cancel(place.campaign.id, OPERATOR);
  await somebodyWaits(db);
  const what = { workspace: WORKSPACE, campaign: '', subject: '', before: null, after: null } as const;
  const recorded = other.actions.record({ kind: 'suppressed', by: 'Ana', at: 5_000, place: 'page', ...what });
  await somebodyWaits(db, 2);
  const ready =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'";
  expect(await db.rows(ready)).toHaveLength(1);
  await goOn();
  await Promise.all([canceled, recorded]);
  expect(await ledger.identity.lastTakingOut(WORKSPACE)).toEqual({ id: 2, at: 5_000 });
});
