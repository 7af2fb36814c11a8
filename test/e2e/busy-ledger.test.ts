import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const PEOPLE = 60;
const SLOW = { rate: '30/s', concurrency: '8' };
const LATENCY = { latencyMs: { min: 50, max: 150 } };
const BUSY = /the ledger is busy/u;

/** Another program writes to the ledger until the returned function is called. */
function holdLedger({ ledger }: SendingPlace): () => void {
  const db = new Database(ledger);
  db.exec('BEGIN IMMEDIATE');
  const free = (): void => {
    if (db.open) db.close();
  };
  onTestFinished(free);
  return free;
}

/** A run whose first messages have left, and that meets a busy ledger then. */
async function runThatWaits() {
  const place = await sendingPlace(PEOPLE, SLOW, LATENCY);
  const run = place.start(['send', 'sale', '--yes', '--json']);
  await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(5);
  const free = holdLedger(place);
  await run.says(BUSY);
  return { place, run, free, executed: () => countExecutions(place.logFile) };
}

test('a run waits for a busy ledger as long as it takes, status names it, and nobody becomes uncertain', async () => {
  const { place, run, free } = await runThatWaits();
  const status = await place.runProcess(['status', 'sale']);
  expect(status.stdout).toMatch(BUSY);
  expect((await place.runProcess(['status', 'sale', '--json'])).json).toMatchObject({
    waiting: { code: 'wait.ledger-busy' },
  });
  free();
  const { json } = await run.ended;
  expect(json).toMatchObject({ exitCode: 0, halted: null, counts: { accepted: PEOPLE, uncertain: 0 } });
  expect(countExecutions(place.logFile)).toBe(PEOPLE);
  expect((await place.json(['status', 'sale'])).json).toMatchObject({ waiting: null });
});

test('a stop is heard while the ledger is busy, and what is known is written before the run ends', async () => {
  const { place, run, free, executed } = await runThatWaits();
  run.process.kill('SIGINT');
  await run.says('Stopping');
  // Ended it has not: outcomes are known that are not on disk.
  expect(run.process.exitCode).toBeNull();
  free();
  const { code, json } = await run.ended;
  expect([code, json['counts']]).toMatchObject([130, { accepted: executed(), uncertain: 0, sending: 0 }]);
  const rest = await place.json(['send', 'sale', '--yes']);
  expect(rest.json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE, uncertain: 0 } });
});

test('a second signal leaves a busy ledger, and says how many become uncertain', async () => {
  const { place, run, free } = await runThatWaits();
  run.process.kill('SIGINT');
  await run.says('Stopping');
  run.process.kill('SIGINT');
  const { code, stderr, json } = await run.ended;
  free();
  const { sending } = json['counts'] as { sending: number };
  expect(code).toBe(130);
  expect(stderr).toMatch(new RegExp(`Stopped at once: ${sending} messages? w`, 'u'));
  const next = await place.json(['send', 'sale', '--limit', '1', '--yes']);
  expect(next.stderr).toMatch(
    new RegExp(`^${sending} messages? w\\w+ in flight when an earlier run died`, 'mu'),
  );
});

test('a run begins when the ledger is free, and hears a stop before', async () => {
  const place = await sendingPlace(3);
  place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  place.write('news/recipients.csv', recipientsCsv(3));
  await place.run(['send', 'sale', '--yes']);
  const free = holdLedger(place);
  const stopped = place.start(['send', 'news', '--yes']);
  await stopped.says(BUSY);
  stopped.process.kill('SIGTERM');
  expect((await stopped.ended).code).toBe(130);
  const run = place.start(['send', 'news', '--yes', '--json']);
  await run.says(BUSY);
  free();
  expect((await run.ended).json).toMatchObject({ exitCode: 0, counts: { accepted: 3 } });
});
