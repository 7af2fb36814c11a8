import { expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src/core/outcome.js';
import { systemClock } from '../../src/machine/clock.js';
import { PlazbotSender } from '../../src/providers/plazbot/sender.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { type Cut, type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.js';
import { phoneNumber } from '../support/run-cli.js';

const WORKERS = 8;
/** By this clock every connection has rested, so that the next request leaves on the one that is open. */
const RESTED_CLOCK = { ...systemClock, monotonicMs: () => performance.now() * 100_000 };

function senderTo(baseUrl: string, timeoutMs: number): PlazbotSender {
  const sender = new PlazbotSender({
    baseUrl,
    workspaceId: 'ws-1',
    apiKey: 'key-1',
    template: 'sale_es',
    type: 'campaign',
    campaignName: 'Sale',
    api: 'classic',
    timeoutMs,
    clock: RESTED_CLOCK,
  });
  onTestFinished(() => sender.close());
  return sender;
}

/** A send to the `index`th person; all requests have the same length. */
function send(sender: PlazbotSender, index: number): Promise<Outcome> {
  return sender.send({
    deliveryId: index,
    attemptId: index,
    phone: phoneNumber(index),
    person: phoneNumber(index),
    country: 'PE',
    bodyJson: '[{"variable":"1","value":"Ana"}]',
    headerJson: '[]',
    attachmentJson: null,
    transientRefusals: 0,
    deferrals: 0,
  });
}

async function proxied(
  planCut: (connection: number) => Cut | null,
): Promise<{ proxy: CuttingProxy; dbFile: string }> {
  const sandbox = await runningSandbox();
  const proxy = await startCuttingProxy(sandbox.url, planCut);
  onTestFinished(() => proxy.close());
  return { proxy, dbFile: sandbox.dbFile };
}

/** The bytes of two whole exchanges on one connection: the bound of all cuts. */
async function wholeExchanges(): Promise<{ requestBytes: number; responseBytes: number }> {
  const { proxy } = await proxied(() => null);
  const sender = senderTo(proxy.url, 5_000);
  for (const index of [0, 1]) expect((await send(sender, index)).kind).toBe('accepted');
  const [connection] = proxy.connections;
  expect(proxy.connections).toHaveLength(1);
  return { requestBytes: connection?.requestBytes ?? 0, responseBytes: connection?.responseBytes ?? 0 };
}

/** What must hold of an outcome, whatever happened on the way. */
function isTrue(outcome: Outcome, executions: number): boolean {
  if (outcome.kind === 'accepted') return executions === 1;
  if (outcome.kind === 'not-sent') return executions === 0;
  return outcome.kind === 'uncertain' && executions <= 1;
}

/** Sends through connections that are cut at every one of these places; returns what came back by phone. */
async function sendThrough(cuts: readonly Cut[], timeoutMs: number) {
  const { proxy, dbFile } = await proxied((connection) => cuts[connection] ?? null);
  const outcomes = new Map<string, Outcome>();
  let next = 0;
  const work = async (): Promise<void> => {
    const sender = senderTo(proxy.url, timeoutMs);
    while (
      proxy.connections.filter(({ cut }) => cut !== null).length < cuts.length &&
      next < cuts.length * 3
    ) {
      const index = next;
      next += 1;
      outcomes.set(phoneNumber(index), await send(sender, index));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { outcomes, executions: executionsByPhone(dbFile), proxy, executed: countExecutions(dbFile) };
}

test.each(['reset', 'close'] as const)(
  'a connection cut by %s after any byte of two requests or answers never gives a wrong outcome',
  async (how) => {
    const { requestBytes, responseBytes } = await wholeExchanges();
    const places = (side: Cut['side'], bytes: number): Cut[] =>
      Array.from({ length: bytes }, (_, afterByte) => ({ side, afterByte, how }));
    const cuts = [...places('request', requestBytes), ...places('response', responseBytes)];
    const { outcomes, executions, proxy, executed } = await sendThrough(cuts, 5_000);
    const wrong = [...outcomes].filter(([phone, outcome]) => !isTrue(outcome, executions.get(phone) ?? 0));
    expect(wrong).toEqual([]);
    // Every place was met, and the outcomes are of every kind that can be.
    expect(proxy.connections.filter(({ cut }) => cut !== null).length).toBe(cuts.length);
    const kinds = [...outcomes.values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'accepted').length).toBeGreaterThan(cuts.length / 4);
    expect(kinds.filter((kind) => kind === 'uncertain').length).toBeGreaterThan(cuts.length / 2);
    // Some that were executed are uncertain: an error alone does not tell.
    expect(executed).toBeGreaterThan(kinds.filter((kind) => kind === 'accepted').length);
  },
);

test('a connection that stalls anywhere is uncertain after the timeout', async () => {
  const cuts: Cut[] = [0, 10, 200, 400].flatMap((afterByte) => [
    { side: 'request', afterByte, how: 'stall' },
    { side: 'response', afterByte, how: 'stall' },
  ]);
  const { outcomes, executions } = await sendThrough(cuts, 1_000);
  const wrong = [...outcomes].filter(([phone, outcome]) => !isTrue(outcome, executions.get(phone) ?? 0));
  expect(wrong).toEqual([]);
  expect([...outcomes.values()].filter(({ kind }) => kind === 'uncertain')).toHaveLength(cuts.length);
});
