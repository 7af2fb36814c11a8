import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunLedger } from '../../src/core/ports.js';
import { startPostgresProxy } from '../chaos/postgres-proxy.js';
import { emptyLedgerDatabase } from '../support/postgres/ledger-database.js';
import { losingProxy } from '../support/postgres/losing-proxy.js';
import { phoneNumber } from '../support/run-cli.js';
import { ACCEPTED, dispatchesOf, recipient, settlementOf } from '../support/sends.js';
import {
  campaignIn,
  claimedBy,
  countsOf,
  ended,
  imported,
  type Place,
  runIn,
} from './suite/ledger-at-hand.js';
import { postgresAt, rawlyAt } from './suite/postgres-at-hand.js';

/** A run whose connections can be lost. */
async function losingRun(count: number) {
  const address = await emptyLedgerDatabase();
  const proxy = await losingProxy(address);
  const at = {
    ledger: await postgresAt(proxy.address),
    rawly: rawlyAt(address),
    again: () => postgresAt(address),
  };
  const place = await campaignIn(at);
  await imported(
    place,
    Array.from({ length: count }, (_, index) => recipient(index)),
  );
  return { proxy, place, run: await runIn(place) };
}

async function failing(run: RunLedger, max = 2): Promise<void> {
  expect(await run.claim(max, 1_500)).toMatchObject({ kind: 'failed', fatal: false });
}

/** How often each delivery was to be sent, as the ledger has it. */
async function attemptsOf({ again, campaign }: Place): Promise<number> {
  const mark = await (await again()).identity.lastAttempt(campaign.id);
  return mark?.attemptId ?? 0;
}

describe('a claim whose answer is lost', () => {
  test('brings the same people when it is asked again, if it was committed', async () => {
    const { proxy, place, run } = await losingRun(3);
    proxy.lose('answer');
    await failing(run);
    expect(await countsOf(place)).toMatchObject({ sending: 2, pending: 1 });
    const heard = await claimedBy(run, 2);
    expect(heard).toHaveLength(2);
    expect(await countsOf(place)).toMatchObject({ sending: 2, pending: 1 });
    expect(await attemptsOf(place)).toBe(Math.max(...heard.map(({ attemptId }) => attemptId)));
    expect(await claimedBy(run)).toHaveLength(1);
  });

  test('is made when it is asked again, if it was not committed', async () => {
    const { proxy, place, run } = await losingRun(3);
    proxy.lose('before');
    await failing(run);
    expect(await countsOf(place)).toMatchObject({ sending: 0, pending: 3 });
    expect(await claimedBy(run, 2)).toHaveLength(2);
    expect(await countsOf(place)).toMatchObject({ sending: 2, pending: 1 });
  });

  test.each(['answer', 'before'] as const)(
    'lets its people go where nobody asks again (%s)',
    async (loss) => {
      const { proxy, place, run } = await losingRun(3);
      proxy.lose(loss);
      await failing(run);
      expect(await run.flush()).toEqual({ kind: 'written' });
      expect(await countsOf(place)).toMatchObject({ sending: 0, pending: 3 });
      expect(await claimedBy(run)).toHaveLength(3);
    },
  );

  test('leaves nothing in flight where the run ends', async () => {
    const { proxy, place, run } = await losingRun(2);
    proxy.lose('answer');
    await failing(run);
    expect(await run.end(2_000, null, 'finished')).toEqual({ kind: 'written' });
    expect(await countsOf(place)).toMatchObject({ sending: 0, pending: 2, uncertain: 0 });
    expect(await place.ledger.runs.endedUncleanly()).toBe(false);
  });

  test('keeps the outcomes that went along, and writes each once', async () => {
    const { proxy, place, run } = await losingRun(3);
    const [first] = await claimedBy(run, 1);
    if (first === undefined) throw new Error('nothing was claimed');
    run.recordOutcome(settlementOf(first, ACCEPTED));
    proxy.lose('answer');
    await failing(run);
    expect(dispatchesOf(await run.claim(2, 1_500))).toHaveLength(2);
    expect(await countsOf(place)).toMatchObject({ accepted: 1, sending: 2 });
  });
});

test.each(['answer', 'before'] as const)(
  'an outcome whose commit is lost (%s) is written once',
  async (loss) => {
    const { proxy, place, run } = await losingRun(1);
    const [delivery] = await claimedBy(run);
    if (delivery === undefined) throw new Error('nothing was claimed');
    proxy.lose(loss);
    run.recordOutcome(settlementOf(delivery, ACCEPTED));
    expect(await run.flush()).toMatchObject({ kind: 'failed', fatal: false });
    await ended(run, delivery, ACCEPTED);
    expect(await countsOf(place)).toMatchObject({ accepted: 1, sending: 0 });
  },
);

test('a claim waits for the taking-out of a long list, and not for its way to the server', async () => {
  const address = await emptyLedgerDatabase();
  const { port } = new URL(address);
  const statements: string[] = [];
  const proxy = await startPostgresProxy(Number(port), ({ text }) => {
    statements.push(text);
    return null;
  });
  onTestFinished(() => proxy.close());
  const through = await postgresAt(address.replace(`:${port}/`, `:${proxy.port}/`));
  const list = Array.from({ length: 12_000 }, (_, index) => {
    const phone = phoneNumber(index);
    return { person: phone, phone, reason: 'asked', source: 'file', expiresAt: null };
  });
  expect(await through.lists.add('ws', list, 1_000)).toBe(12_000);
  const { campaign } = await campaignIn({
    ledger: through,
    rawly: rawlyAt(address),
    again: () => postgresAt(address),
  });
  await through.lists.replaceOfCampaign(campaign, list, 1_000);
  const locks = statements.flatMap((text, at) => (text.includes('taking_out FOR UPDATE') ? [at] : []));
  const held = locks.map((at) => statements.slice(at).indexOf('COMMIT'));
  expect(held).toEqual([5, 6]);
});
