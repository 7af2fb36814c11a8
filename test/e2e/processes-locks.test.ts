import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { countExecutions, executionsByPhone, requestsLog } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer } from '../support/answering.js';
import { type CliPlace, campaignYaml, cliPlace, type RunningCli, recipientsCsv } from '../support/run-cli.js';

/** Enough for eight seconds: a second command has begun by then, also on a busy machine. */
const PEOPLE = 400;

/** A campaign that takes its time, in a sandbox. */
async function slowCampaign(people = PEOPLE): Promise<{ place: CliPlace; dbFile: string; url: string }> {
  const sandbox = await runningSandbox({ latencyMs: { min: 20, max: 60 } });
  const place = cliPlace({ PLAZBOT_BASE_URL: sandbox.url, PLAZBOT_WORKSPACE_ID: 'ws-1' });
  place.write('sale/campaign.yaml', campaignYaml({ rate: '50/s', concurrency: '8' }));
  place.write('sale/recipients.csv', recipientsCsv(people));
  return { place, dbFile: sandbox.dbFile, url: sandbox.url };
}

/** Starts a run and waits until its first messages have arrived. */
async function started(place: CliPlace, dbFile: string, args: readonly string[] = []): Promise<RunningCli> {
  const run = place.start(['send', 'sale', '--yes', '--json', ...args]);
  await expect.poll(() => countExecutions(dbFile)).toBeGreaterThan(2);
  return run;
}

test('a second operator on the same ledger is told who holds the campaign, and sends nothing', async () => {
  const { place, dbFile } = await slowCampaign();
  const first = await started(place, dbFile);
  const second = await place.run(['send', 'sale', '--yes']);
  expect(second.code).toBe(4);
  expect(second.said).toContain(String(first.process.pid));
  expect(second.said).toContain(hostname());
  expect(second.said).toMatch(/\d{2}:\d{2}/u);
  expect((await first.ended).code).toBe(0);
  expect([...executionsByPhone(dbFile).values()]).toEqual(new Array(PEOPLE).fill(1));
});

test('a second operator with a ledger of his own does not double the rate of the sender', async () => {
  const { place, dbFile } = await slowCampaign();
  const first = await started(place, dbFile);
  const second = await place.run(['send', 'sale', '--yes', '--ledger', place.path('other.db')]);
  expect(second.code).toBe(4);
  expect(second.said).toContain(String(first.process.pid));
  first.process.kill('SIGINT');
  expect((await first.ended).code).toBe(130);
});

test('status works while a run goes on, and names it', async () => {
  const { place, dbFile } = await slowCampaign();
  const first = await started(place, dbFile);
  const status = await place.run(['status', 'sale']);
  expect(status.code).not.toBe(4);
  expect(status.said).toContain(String(first.process.pid));
  first.process.kill('SIGINT');
  await first.ended;
});

test('a lock is free at once after SIGKILL', async () => {
  const { place, dbFile } = await slowCampaign();
  const first = await started(place, dbFile);
  first.process.kill('SIGKILL');
  await first.ended;
  const next = await place.run(['send', 'sale', '--yes', '--json', '--limit', '1']);
  expect(next.code).not.toBe(4);
  expect(Math.max(...executionsByPhone(dbFile).values())).toBe(1);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s lets what is in flight finish and be recorded',
  async (signal) => {
    const { place, dbFile } = await slowCampaign();
    const run = await started(place, dbFile);
    run.process.kill(signal);
    const end = await run.ended;
    expect(end.code).toBe(130);
    const executed = countExecutions(dbFile);
    expect(end.json['counts']).toMatchObject({
      accepted: executed,
      sending: 0,
      uncertain: 0,
      pending: PEOPLE - executed,
    });
    const rest = await place.run(['send', 'sale', '--yes', '--json', '--rate', '1000/s']);
    expect(rest.json).toMatchObject({
      exitCode: 0,
      run: { sent: PEOPLE - executed },
      counts: { accepted: PEOPLE },
    });
  },
);

test('a second signal does not wait, and what it leaves is uncertain at the next start', async () => {
  let arrived = 0;
  // It never answers. Who was claimed may not have left yet: what has arrived has.
  const url = await answeringServer((request, response) => {
    if (request.method === 'POST') arrived += 1;
    else response.writeHead(500).end();
  });
  const place = cliPlace({ PLAZBOT_BASE_URL: url, PLAZBOT_WORKSPACE_ID: 'ws-1' });
  place.write('sale/campaign.yaml', campaignYaml({ rate: '1000/s', concurrency: '4' }));
  place.write('sale/recipients.csv', recipientsCsv(10));
  const run = place.start(['send', 'sale', '--yes']);
  await expect.poll(() => arrived).toBe(4);
  run.process.kill('SIGINT');
  // Heard: a second one right behind it would be the same signal to the system.
  await run.says(/Stopping: no new messages; waiting for 4 in flight/u);
  run.process.kill('SIGINT');
  const end = await run.ended;
  expect(end.code).toBe(130);
  expect(end.said).toContain('Stopped at once: 4 messages were in flight');
  const settled = await place.run(['reconcile', 'sale', '--json']);
  expect(settled.json['counts']).toMatchObject({ sending: 0, uncertain: 4, pending: 6 });
});

test('a process that stood still sends nobody twice, and does not catch up in a burst', async () => {
  const people = 200;
  const { place, dbFile } = await slowCampaign(people);
  const run = await started(place, dbFile);
  run.process.kill('SIGSTOP');
  await pause(1_500);
  run.process.kill('SIGCONT');
  expect((await run.ended).json).toMatchObject({ exitCode: 0, counts: { accepted: people, uncertain: 0 } });
  expect([...executionsByPhone(dbFile).values()]).toEqual(new Array(people).fill(1));
  const at = requestsLog(dbFile)
    .filter(({ method }) => method === 'POST')
    .map((request) => request.at);
  const most = Math.max(...at.map((from) => at.filter((each) => each >= from && each < from + 1_000).length));
  // Those in flight when it stopped may arrive with the first ones after.
  expect(most).toBeLessThanOrEqual(51 + 8);
});
