import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { countExecutions, executionsByPhone, requestsLog } from '../sandbox/read-log.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

/** What a run that goes on may take to hear another terminal. */
const HEARD_MS = 2_000;
/** Absence is proven within seconds, and sent again without a question. */
const RESENT = { timeout: '1s', uncertain: '{ settle: 1s, resend: auto }', rate: '3/s', concurrency: '1' };
const SETTLED_MS = 2_500;
const OLDER_MS = 1_500;

/**
 * A campaign whose second to `last`th person got no answer and no message. A later send proves it where five people
 * follow: one of them was accepted after the last attempt's deadline.
 */
async function uncertainPlace(people: number, last = 2): Promise<SendingPlace> {
  const struck = Array.from({ length: last - 1 }, (_, index) => phoneNumber(index + 1));
  const destination = new RegExp(struck.join('|'), 'u');
  const faults = [faultRule('reset-before', { destination, firstTimes: 1 })];
  const place = await sendingPlace(people, RESENT, { faults });
  // A record that is surely older: the provider's clock is known to the second.
  await place.run(['test', 'sale', '--to', `+${phoneNumber(500)}`, '--yes']);
  await pause(OLDER_MS);
  const first = await place.json(['send', 'sale', '--yes']);
  expect(first.json).toMatchObject({ counts: { uncertain: last - 1, accepted: people - last + 1 } });
  await pause(SETTLED_MS);
  return place;
}

const rowsOnly = (csv: string): string => csv.slice(csv.indexOf('\n') + 1);

const requestsAfter = (place: SendingPlace, at: number) =>
  requestsLog(place.logFile).filter((request) => request.method === 'POST' && request.at > at);

describe('uncertain people who are proven absent', () => {
  test('go out as the plan foretells, but for who was put on the list or is gone from the file', async () => {
    const place = await uncertainPlace(9, 4);
    await place.run(['suppress', 'add', phoneNumber(1)]);
    place.write('sale/recipients.csv', `${recipientsCsv(2)}${rowsOnly(recipientsCsv(6, 3))}`);
    const { stdout } = await place.run(['send', 'sale', '--yes']);
    expect(stdout).toContain(
      '2  uncertain, looked up in the provider’s list: they go out only if proven absent',
    );
    expect(stdout).toContain('This run: 1 request');
    expect(stdout).not.toContain('Nothing to send');
    const executions = executionsByPhone(place.logFile);
    expect([1, 2, 3].map((index) => executions.get(phoneNumber(index)))).toEqual([undefined, undefined, 1]);
    const next = await place.json(['send', 'sale', '--yes']);
    expect(next.json, `${stdout}${next.said}`).toMatchObject({
      run: { sent: 0 },
      counts: { recipients: 9, accepted: 7, skipped: 2 },
      skippedByReason: { suppressed: 1, removed: 1 },
      exitCode: 0,
    });
    const status = (await place.run(['status', 'sale'])).stdout;
    expect(status).toContain('1  on the do-not-contact list');
    expect(status).toContain('1  no longer in the file');
  });

  test('do not when the campaign is canceled, and send and check name resume, which sends', async () => {
    const place = await uncertainPlace(7);
    await place.run(['cancel', 'sale']);
    expect((await place.run(['send', 'sale', '--yes'])).said).toContain('plazcast resume');
    expect((await place.run(['check', 'sale'])).said).toContain('plazcast resume');
    expect(executionsByPhone(place.logFile).has(phoneNumber(1))).toBe(false);
    await place.run(['resume', 'sale']);
    const resumed = await place.json(['send', 'sale', '--yes']);
    expect(resumed.json, resumed.said).toMatchObject({ counts: { accepted: 7 } });
    expect(executionsByPhone(place.logFile).get(phoneNumber(1))).toBe(1);
  });
});

describe('while a run goes on', () => {
  test('a cancel ends it: nobody leaves any more, not even who is to be tried again', async () => {
    const faults = [faultRule('code-131056', { probability: 0.5 })];
    const place = await sendingPlace(400, { rate: '40/s' }, { faults });
    const running = place.start(['send', 'sale', '--json', '--yes']);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(20);
    await place.run(['cancel', 'sale']);
    const canceledAt = Date.now();
    const end = await running.ended;
    const { accepted, skipped, pending, sending } = end.json['counts'] as Record<string, number>;
    expect([(accepted ?? 0) + (skipped ?? 0), pending, sending]).toEqual([400, 0, 0]);
    expect(end.json).toMatchObject({
      halted: { code: 'halt.canceled', message: expect.stringContaining('plazcast resume') },
      skippedByReason: { canceled: skipped },
      exitCode: 0,
    });
    expect(end.code).toBe(0);
    // Longer than the first wait of who is to be tried again.
    await pause(Math.max(0, canceledAt + 8_000 - Date.now()));
    expect(requestsAfter(place, canceledAt + HEARD_MS)).toEqual([]);
  });

  test('who is put on the list while the request is out, and refused for now, is not tried again', async () => {
    const faults = [faultRule('code-131056')];
    const place = await sendingPlace(1, {}, { faults, latencyMs: { min: 2_500, max: 2_500 } });
    const running = place.start(['send', 'sale', '--json', '--yes']);
    const sending = async () => (await place.json(['status', 'sale'])).json['counts'];
    await expect.poll(sending, { interval: 200 }).toMatchObject({ sending: 1 });
    await place.run(['suppress', 'add', phoneNumber(0)]);
    const end = await running.ended;
    expect(end.json).toMatchObject({
      counts: { skipped: 1, pending: 0 },
      skippedByReason: { suppressed: 1 },
      run: { sent: 1, accepted: 0 },
      exitCode: 0,
    });
    expect(requestsAfter(place, 0)).toHaveLength(1);
  });
});

test('retry leaves out who is gone from the file or on the list, says so, and takes the row that is back', async () => {
  const faults = [faultRule('code-131026', { firstTimes: 1 })];
  const place = await sendingPlace(3, {}, { faults });
  await place.run(['send', 'sale', '--yes']);
  place.write('sale/recipients.csv', recipientsCsv(2));
  await place.run(['send', 'sale', '--yes']);
  await place.run(['suppress', 'add', phoneNumber(1)]);
  const retry = await place.run(['retry', 'sale', '--yes']);
  expect(retry.said).toContain('1 message is pending again.');
  expect(retry.said).toContain('1 message is not sent again: on the do-not-contact list.');
  expect(retry.said).toContain('1 message is not sent again: no longer in the recipients file.');
  expect([...executionsByPhone(place.logFile).keys()]).toEqual([phoneNumber(0)]);
  place.write('sale/recipients.csv', recipientsCsv(3));
  await place.run(['send', 'sale', '--yes']);
  const again = await place.json(['retry', 'sale', '--yes']);
  expect(again.json).toMatchObject({ run: { sent: 1 }, counts: { accepted: 2, refused: 1 } });
});

test('--limit counts over all campaigns, those among them who were proven absent meanwhile', async () => {
  const place = await uncertainPlace(12, 7);
  place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  place.write('news/recipients.csv', recipientsCsv(6, 100));
  const before = countExecutions(place.logFile);
  const end = await place.json(['send', 'sale', 'news', '--yes', '--limit', '6']);
  const runs = (end.json['campaigns'] as { run: { sent: number } }[]).map(({ run }) => run.sent);
  expect(runs.reduce((sum, sent) => sum + sent, 0)).toBe(6);
  expect(countExecutions(place.logFile) - before).toBe(6);
});
