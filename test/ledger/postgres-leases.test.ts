import { describe, expect, onTestFinished, test } from 'vitest';
import { type Ledger, LedgerError } from '../../src/core/ledger/ledger.js';
import type { Locks } from '../../src/core/ledger/locks.js';
import { LEASE_TERMS, type LeaseTerms } from '../../src/ledger/postgres/lease.js';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.js';
import { emptyLedgerDatabase } from '../support/postgres/ledger-database.js';
import { unwrapped } from '../support/results.js';
import { ACCEPTED, NOT_SENT, REFUSED, settlementOf, WORKSPACE } from '../support/sends.js';
import {
  begunIn,
  campaignIn,
  claimedOne,
  collected,
  countsOf,
  entryOf,
  imported,
  people,
  runIn,
} from './suite/ledger-at-hand.js';
import { postgresAt, rawlyAt } from './suite/postgres-at-hand.js';

const HOLDER = { pid: 1, host: 'another', campaign: 'sale', since: 1 };

/** A machine by itself: its clocks can be set, and it renews nothing while nobody asks it to. */
function machine() {
  const clock = { monotonicMs: 0, at: 0 };
  const terms: LeaseTerms = {
    ...LEASE_TERMS,
    renewEveryMs: 1_000_000,
    monotonicMs: () => clock.monotonicMs,
    now: () => clock.at,
  };
  return { clock, terms };
}

/** A campaign with so many people in a ledger of two machines, and what makes the database's time pass. */
async function shared(count: number) {
  const address = await emptyLedgerDatabase();
  const [one, other] = [machine(), machine()];
  const rawly = rawlyAt(address);
  const ledger = await postgresAt(address, one.terms);
  const at = { ledger, rawly, again: () => postgresAt(address, other.terms) };
  const place = await campaignIn(at);
  await imported(place, people(count));
  const passes = async (ms: number) => {
    await rawly(`UPDATE runs SET lease_until = lease_until - interval '${ms} milliseconds'`);
    await rawly(`UPDATE leases SET until = until - interval '${ms} milliseconds'`);
  };
  return { place, one, other, second: { ...place, ledger: await at.again() }, passes };
}

/** By the database's own clock: not before the lease and two seconds more were over. */
const FENCED_LATE_ENOUGH = `DO $$ BEGIN
  ASSERT (SELECT fenced_at >= lease_until + interval '2 seconds' FROM runs WHERE ending = 'died'); END $$`;

function locksOf({ ledger }: { readonly ledger: Ledger }): Locks {
  if (ledger.sharedLocks === null) throw new Error('nothing is shared');
  return ledger.sharedLocks;
}

test('a run whose campaign another machine holds by now keeps nobody waiting, also while it has nothing to claim', async () => {
  const address = await emptyLedgerDatabase();
  const terms = { ...LEASE_TERMS, leaseMs: 4_000, marginMs: 0, renewEveryMs: 200 };
  const place = await campaignIn({
    ledger: await postgresAt(address, terms),
    rawly: rawlyAt(address),
    again: () => postgresAt(address, terms),
  });
  await imported(place, people(1));
  await locksOf(place).take('campaign', HOLDER);
  const { ledger: run } = await begunIn(place);
  // It stood still until another machine could take the campaign, and its run was renewed a moment later than its locks.
  await place.rawly('DELETE FROM leases');
  const second = { ...place, ledger: await postgresAt(address, terms) };
  await locksOf(second).take('campaign', HOLDER);
  expect(await second.ledger.runs.recover(place.campaign.id, 1_000)).toBe(0);
  expect(run.mayStillSend()).toBe(false);
});

describe('what was claimed may leave', () => {
  test.each([
    ['the monotonic clock', { monotonicMs: 10_000, at: 0 }],
    ['the wall clock, while the machine slept', { monotonicMs: 0, at: 10_000 }],
  ])('until the lease is over by %s', async (_name, later) => {
    const { place, one } = await shared(1);
    const run = await runIn(place);
    await claimedOne(run);
    Object.assign(one.clock, { monotonicMs: later.monotonicMs && 9_999, at: later.at && 9_999 });
    expect(run.mayStillSend()).toBe(true);
    Object.assign(one.clock, later);
    expect(run.mayStillSend()).toBe(false);
  });

  test('from when the claim was asked for, however late its answer came', async () => {
    const { place, one } = await shared(2);
    const run = await runIn(place);
    one.clock.monotonicMs = 8_000;
    const claimed = claimedOne(run);
    await new Promise(setImmediate);
    one.clock.monotonicMs = 12_000;
    await claimed;
    one.clock.monotonicMs = 17_999;
    expect(run.mayStillSend()).toBe(true);
    one.clock.monotonicMs = 18_000;
    expect(run.mayStillSend()).toBe(false);
  });

  test('not after the run ended, nor after another of this process began', async () => {
    const { place } = await shared(2);
    const run = await runIn(place);
    const next = await runIn(place);
    expect([run.mayStillSend(), next.mayStillSend()]).toEqual([false, true]);
    await next.end(2_000, null, 'finished');
    expect(next.mayStillSend()).toBe(false);
  });

  test('only while the locks are held', async () => {
    const { place, one } = await shared(1);
    const taken = unwrapped(await locksOf(place).take('campaign-1', HOLDER));
    expect(taken.kind).toBe('held');
    one.clock.monotonicMs = 5_000;
    const run = await runIn(place);
    one.clock.monotonicMs = 10_000;
    expect(run.mayStillSend()).toBe(false);
  });
});

test('an owner that has nothing to claim renews what it holds', async () => {
  const address = await emptyLedgerDatabase();
  const rawly = rawlyAt(address);
  const ledger = await postgresAt(address, { ...LEASE_TERMS, renewEveryMs: 20 });
  await locksOf({ ledger }).take('sender-1', HOLDER);
  await runIn(await campaignIn({ ledger, rawly, again: () => postgresAt(address) }));
  for (const until of ['lease_until FROM runs', 'until FROM leases']) {
    const [column, , table] = until.split(' ');
    await rawly(`UPDATE ${table} SET ${column} = clock_timestamp() + interval '4 seconds'`);
    const renewed = `DO $$ BEGIN
      IF (SELECT ${until}) < clock_timestamp() + interval '5 seconds' THEN RAISE 'not yet'; END IF; END $$`;
    await expect
      .poll(() =>
        rawly(renewed).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  }
});

describe('a run that another machine takes over', () => {
  test('is waited for until its lease and the margin are over, and never sends again', async () => {
    const { place, second, passes } = await shared(2);
    const old = await runIn(place);
    const delivery = await claimedOne(old);
    await passes(11_900);
    const next = await runIn(second);
    expect(await next.recover(3_000)).toBe(1);
    expect(await countsOf(place)).toMatchObject({ uncertain: 1, pending: 1, sending: 0 });
    const claim = await old.claim(1, 3_000);
    expect(claim).toMatchObject({ kind: 'failed', fatal: false, halt: { code: 'halt.lease-lost' } });
    old.recordOutcome(settlementOf(delivery, NOT_SENT));
    expect(await old.flush()).toEqual({ kind: 'written' });
    await old.end(4_000, { code: 'halt.canceled', params: {} }, 'finished');
    expect(await countsOf(place)).toMatchObject({ uncertain: 1, pending: 1 });
    expect(await second.ledger.campaigns.find(place.campaign)).toMatchObject({ halt: null });
    expect(await claimedOne(next)).not.toMatchObject({ deliveryId: delivery.deliveryId });
  });

  test('is fenced when its lease and two seconds more are over by the clock of the database, and not before', async () => {
    const address = await emptyLedgerDatabase();
    const ledger = await postgresAt(address, { ...machine().terms, leaseMs: 2_500 });
    const at = { ledger, rawly: rawlyAt(address), again: () => postgresAt(address) };
    const place = await campaignIn(at);
    await runIn(place);
    await (await runIn({ ...place, ledger: await at.again() })).recover(3_000);
    await place.rawly(FENCED_LATE_ENOUGH);
  });

  test('is not fenced while it renews', async () => {
    const { place, second, passes } = await shared(2);
    const old = await runIn(place);
    await passes(9_000);
    await claimedOne(old);
    const next = await runIn(second);
    const recovered = next.recover(3_000);
    await passes(13_000);
    expect(await recovered).toBe(1);
  });

  test('may answer late: that is evidence of what the other machine left uncertain', async () => {
    const { place, second, passes } = await shared(1);
    const old = await runIn(place);
    const delivery = await claimedOne(old);
    await passes(12_000);
    await (await runIn(second)).recover(3_000);
    old.recordOutcome(settlementOf(delivery, ACCEPTED));
    await old.flush();
    expect(await countsOf(place)).toMatchObject({ accepted: 1, uncertain: 0 });
    const evidence = await collected(place.ledger.reports.evidence(place.campaign.id));
    expect(evidence).toMatchObject([{ kind: 'answered-late', recordedBy: 'plazcast' }]);
  });

  test.each([
    ['is about to be sent again', ''],
    ['was taken out by now', "UPDATE deliveries SET status = 'skipped', reason = 'removed'"],
  ])('may answer late of somebody whom an operator called absent, and who %s', async (_name, change) => {
    const { place, old, delivery, next } = await calledAbsent();
    if (change !== '') await place.rawly(change);
    old.recordOutcome(settlementOf(delivery, ACCEPTED));
    await old.flush();
    expect(await countsOf(place)).toMatchObject({ accepted: 1, pending: 0, skipped: 0 });
    expect(await next.claim(1, 5_000)).toMatchObject({ deliveries: [] });
  });

  test.each([
    ['was not sent', NOT_SENT],
    ['was refused', REFUSED],
  ])(
    'may answer late while the message is out again: when that %s, no third goes out',
    async (_name, ended) => {
      const { place, old, delivery, next } = await calledAbsent();
      const again = await claimedOne(next, 5_000);
      old.recordOutcome(settlementOf(delivery, ACCEPTED));
      await old.flush();
      next.recordOutcome(settlementOf(again, ended));
      await next.flush();
      expect(await countsOf(place)).toMatchObject({ accepted: 1, pending: 0, refused: 0 });
    },
  );

  test('may answer late that somebody opted out: she gets nothing more, in any campaign', async () => {
    const { place, old, delivery, next } = await calledAbsent();
    old.recordOutcome({ ...settlementOf(delivery, REFUSED), reason: 'opted-out' });
    await old.flush();
    expect(await next.claim(1, 5_000)).toMatchObject({ deliveries: [] });
    expect(await place.ledger.lists.isOn(WORKSPACE, delivery.person, 5_000)).toBe(true);
  });

  test('says nothing late of the message but that it was taken', async () => {
    const { place, second, passes } = await shared(1);
    const old = await runIn(place);
    const delivery = await claimedOne(old);
    await passes(12_000);
    await (await runIn(second)).recover(3_000);
    old.recordOutcome(settlementOf(delivery, REFUSED));
    await old.flush();
    expect(await countsOf(place)).toMatchObject({ uncertain: 1, refused: 0 });
  });
});

/** Another machine took over while a message was out, and an operator said that it was not executed. */
async function calledAbsent() {
  const { place, second, passes } = await shared(1);
  const old = await runIn(place);
  const delivery = await claimedOne(old);
  await passes(12_000);
  const next = await runIn(second);
  await next.recover(3_000);
  const word = { people: [delivery], key: null, fate: 'absent', note: 'looked' } as const;
  const declared = await second.ledger.campaigns.declare(place.campaign.id, word, { by: 'ana', at: 4_000 });
  expect(declared).toMatchObject({ ok: true, value: 1 });
  return { place, old, delivery, next };
}

describe('a lock that machines share', () => {
  test('turns others away while its holder renews, and names it', async () => {
    const { place, second, passes } = await shared(0);
    const taken = unwrapped(await locksOf(place).take('sender-1', HOLDER));
    expect(taken.kind).toBe('held');
    const asked = locksOf(second).take('sender-1', { ...HOLDER, host: 'third' });
    await passes(-1_000);
    expect(unwrapped(await asked)).toEqual({ kind: 'busy', holder: HOLDER });
    expect(await locksOf(second).holder('sender-1')).toEqual(HOLDER);
    if (taken.kind === 'held') await taken.lock.release();
    expect(await locksOf(second).holder('sender-1')).toBeNull();
  });

  test('is taken from who shows no life, after the lease and the margin', async () => {
    const { place, second, passes } = await shared(0);
    await locksOf(place).take('sender-1', HOLDER);
    await passes(11_800);
    const other = { ...HOLDER, host: 'third' };
    expect(unwrapped(await locksOf(second).take('sender-1', other))).toMatchObject({
      kind: 'held',
    });
    const began = begunIn(place).catch((error: unknown) => error);
    expect(await began).toBeInstanceOf(LedgerError);
    expect(await began).toMatchObject({ problem: { code: 'ledger.lease-lost' } });
  });
});

/** A machine that stood still at its question, say, until another one took its campaign. */
async function overtaken() {
  const { place, second, passes } = await shared(1);
  const entry = entryOf({ template: 'new_es' });
  const run = {
    ...{
      campaignId: place.campaign.id,
      sender: 's',
      most: null,
      noWait: false,
      by: 'ana',
      host: 'h',
      pid: 1,
    },
    ...{ settings: { text: '{}', digest: 'd' }, planDigest: 'd' },
  };
  unwrapped(await locksOf(place).take('campaign-1', HOLDER));
  await passes(11_800);
  unwrapped(await locksOf(second).take('campaign-1', { ...HOLDER, host: 'third' }));
  unwrapped(await second.ledger.campaigns.open(entry, false, 2_000));
  await second.ledger.shared?.enter(run);
  return { place, second, entry, run };
}

describe('who lost the lock of a campaign to another machine', () => {
  test('neither puts a run of its own in the place of that one’s, nor says what it stands on', async () => {
    const { place, second, run } = await overtaken();
    const old = { ...run, settings: { text: '{"old":1}', digest: 'o' }, planDigest: 'o' };
    const { shared: line } = place.ledger;
    for (const late of [
      () => line?.enter(old),
      () => line?.planned(place.campaign.id, 'o'),
      () => line?.began(place.campaign.id, 1),
      () => line?.stop(place.campaign.id, { code: 'halt.failover', params: {} }),
      () => line?.leave(run.campaignId, null),
    ])
      await expect(late()).rejects.toMatchObject({ problem: { code: 'ledger.lease-lost' } });
    const stands = await second.ledger.shared?.settingsOf(place.campaign.id);
    expect(stands).toMatchObject({ settings: run.settings, plannedAnew: false });
  });

  test('changes neither its name in the list nor whom its files take out', async () => {
    const { place, second, entry } = await overtaken();
    const [listed] = people(1);
    if (listed === undefined) throw new Error('there is nobody');
    const { person, phone } = listed;
    const out = { person, phone, reason: 'r', source: 's', expiresAt: null };
    await second.ledger.lists.replaceOfCampaign(place.campaign, [out], 2_000);
    const late = [
      () => place.ledger.campaigns.open(entryOf(), false, 3_000),
      () => place.ledger.lists.replaceOfCampaign(place.campaign, [], 3_000),
    ];
    for (const one of late)
      await expect(one()).rejects.toMatchObject({ problem: { code: 'ledger.lease-lost' } });
    expect(await second.ledger.campaigns.find(entry)).toMatchObject({ template: 'new_es' });
    expect(await countsOf(second)).toMatchObject({ pending: 0, skipped: 1 });
  });
});

describe('a database that was switched to another server', () => {
  test('halts every run that began before', async () => {
    const { place } = await shared(2);
    const run = await runIn(place);
    await place.rawly("UPDATE runs SET timeline = '0000000F'");
    expect(await run.claim(1, 1_500)).toMatchObject({ kind: 'failed', halt: { code: 'halt.failover' } });
    expect(await countsOf(place)).toMatchObject({ sending: 0, pending: 2 });
  });

  test('or to which a backup was restored lets nobody begin, on whatever machine', async () => {
    const { place } = await shared(1);
    const oid = (name: string) => `(SELECT oid::text FROM pg_database WHERE datname = ${name})`;
    // As `pg_restore` leaves it: the row is that of the database that was saved.
    const saved = `replace(timeline, ${oid('current_database()')}, ${oid("'postgres'")})`;
    await place.rawly(`UPDATE ledger_identity SET timeline = ${saved}`);
    await expect(begunIn(place)).rejects.toMatchObject({ problem: { code: 'ledger.db-failover' } });
  });

  test('lets nobody begin before a person vouches for it', async () => {
    const { place } = await shared(1);
    await place.rawly("UPDATE ledger_identity SET timeline = '0000000F'");
    const refused = await begunIn(place).catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { code: 'ledger.db-failover' } });
    const { id: campaignId, workspace } = place.campaign;
    const run = { campaignId, workspace, limit: null, pid: 1, host: 'h', at: 1, ratePerSecond: 1 };
    const clocks = () => ({ at: 1, bootId: 'b', monotonicMs: 1, providerOffsetMs: null });
    await place.ledger.runs.begin({ ...run, acceptFailover: true, by: 'maria' }, clocks);
    await expect(begunIn(place)).resolves.toBeDefined();
  });
});

test('a machine learns how far its clock is off when it opens the ledger, and again with each run', async () => {
  const address = await emptyLedgerDatabase();
  const [ahead, offsets]: [{ ms: number }, number[]] = [{ ms: 3_600_000 }, []];
  const terms = { ...LEASE_TERMS, now: () => Date.now() + ahead.ms };
  const follow = (ms: number): void => void offsets.push(Math.round(ms / 600_000));
  const ledger = unwrapped(await openPostgresLedger(address, 'create', terms, follow));
  onTestFinished(() => ledger.close());
  expect(offsets).toEqual([-6]);
  ahead.ms = -7_200_000;
  await begunIn(await campaignIn({ ledger, rawly: rawlyAt(address), again: () => postgresAt(address) }));
  expect(offsets).toEqual([-6, 12]);
});
