import { expect, test } from 'vitest';
import { SENT } from '../providers/plazbot/local-servers.js';
import { answeringServer } from '../support/answering.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

/** A provider that takes so many, and never answers the rest. */
async function silentAfter(answered: number) {
  const seen = { requests: 0 };
  const url = await answeringServer((_request, response, number) => {
    seen.requests = number;
    if (number <= answered) response.writeHead(200).end(SENT.body);
  });
  return { url, seen };
}

test('a second signal says what becomes uncertain, also as the one JSON document', async () => {
  const { url, seen } = await silentAfter(2);
  const { start, json } = await sendingPlace(20);
  const run = start(['send', 'sale', '--json', '--concurrency', '3'], { PLAZBOT_BASE_URL: url });
  await expect.poll(() => seen.requests).toBe(5);
  run.process.kill('SIGINT');
  await run.says('Stopping');
  // Who was claimed and has not left is released at the first signal.
  const sending = async () => (await json(['status', 'sale'])).json['counts'];
  await expect.poll(sending).toMatchObject({ sending: 3 });
  run.process.kill('SIGINT');
  const end = await run.ended;
  expect([end.code, end.json]).toMatchObject([
    130,
    {
      campaign: 'sale',
      counts: { recipients: 20, accepted: 2, sending: 3, pending: 15 },
      run: { sent: 5, accepted: 2, durationMs: expect.any(Number) },
      halted: null,
      exitCode: 130,
    },
  ]);
  expect(end.stderr).toContain('3 messages were in flight');
  const next = await json(['send', 'sale', '--limit', '1']);
  expect(next.json).toMatchObject({ counts: { uncertain: 3, sending: 0 } });
});

test('with several campaigns, the ones that ended before are in it', async () => {
  const { url, seen } = await silentAfter(2);
  const { start, write } = await sendingPlace(2);
  write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  write('news/recipients.csv', recipientsCsv(2, 100));
  const run = start(['send', 'sale', 'news', '--json'], { PLAZBOT_BASE_URL: url });
  await expect.poll(() => seen.requests).toBe(4);
  run.process.kill('SIGTERM');
  await run.says('Stopping');
  run.process.kill('SIGTERM');
  expect((await run.ended).json).toMatchObject({
    campaigns: [
      { campaign: 'sale', counts: { accepted: 2 }, exitCode: 0 },
      { campaign: 'news', counts: { sending: 2 }, exitCode: 130 },
    ],
    exitCode: 130,
  });
});
