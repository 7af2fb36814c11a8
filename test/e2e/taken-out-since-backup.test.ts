import { copyFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { askLaunch, withdrawLaunch } from '../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../src/app/launch/start-launches.js';
import { press, untilState } from '../app/launch/launching.js';
import { launcherAt, serverAt } from '../app/launch/launching-place.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { unwrapped } from '../support/results.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const SEND = ['send', 'sale', '--yes'];
/** The first person of the list. */
const ANA = '51910000000';
const HOUR_MS = 3_600_000;
const BEHIND = ['ledger.behind-taken-out'];

/** A backup, what happens after it, and the backup back in the ledger's place. */
async function restored(place: SendingPlace, ...since: readonly (readonly string[])[]): Promise<void> {
  await place.run(['suppress', 'add', '+51999999999']);
  expect((await place.run(['backup', 'backup.db'])).code).toBe(0);
  for (const command of since) {
    const end = await place.run(command);
    expect(end.code, end.said).toBe(0);
  }
  copyFileSync(place.ledger, place.path('newest.db'));
  copyFileSync(place.path('backup.db'), place.ledger);
}

/** Codes of why nothing was sent; [] when it was sent. */
async function refusals(place: SendingPlace, args: readonly string[] = SEND): Promise<readonly string[]> {
  const before = countExecutions(place.logFile);
  const { code, json, said } = await place.json(args);
  if (code === 0) return [];
  expect([code, countExecutions(place.logFile)], said).toEqual([2, before]);
  return (json['problems'] as readonly { readonly code: string }[]).map((problem) => problem.code);
}

function messagesTo(place: SendingPlace, phone: string): number {
  return executionsByPhone(place.logFile).get(phone) ?? 0;
}

describe('a backup that is put back, made before somebody was taken out', () => {
  test('is not sent from: who opted out since would be written to', async () => {
    const place = await sendingPlace(3);
    await restored(place, ['suppress', 'add', `+${ANA}`]);
    expect(await refusals(place)).toEqual(BEHIND);
    const check = await place.json(['check', 'sale']);
    expect([check.code, check.json['halted']]).toEqual([2, expect.objectContaining({ code: BEHIND[0] })]);
    const { stderr } = await place.run([...SEND, '--lang', 'es']);
    expect(stderr).toContain('es más antiguo');
    copyFileSync(place.path('newest.db'), place.ledger);
    expect(await refusals(place)).toEqual([]);
    expect([countExecutions(place.logFile), messagesTo(place, ANA)]).toEqual([2, 0]);
  });

  test('is sent from once these people are taken out again and somebody accepts it, which is said once', async () => {
    const place = await sendingPlace(3);
    await restored(place, ['suppress', 'add', `+${ANA}`]);
    // Whoever else is taken out meanwhile makes nobody forget that these are missing.
    await place.run(['suppress', 'add', '+51988888888']);
    expect(await refusals(place)).toEqual(BEHIND);
    await place.run(['suppress', 'add', `+${ANA}`]);
    expect(await refusals(place)).toEqual(BEHIND);
    expect(await refusals(place, [...SEND, '--accept-ledger', '--limit', '1'])).toEqual([]);
    expect(await refusals(place)).toEqual([]);
    expect([countExecutions(place.logFile), messagesTo(place, ANA)]).toEqual([2, 0]);
    copyFileSync(place.path('newest.db'), place.ledger);
    expect(await refusals(place)).toEqual(['ledger.behind']);
  });

  test('is accepted for all campaigns of a command at once, and none of them is told that it was for nothing', async () => {
    const place = await sendingPlace(2);
    place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    place.write('news/recipients.csv', recipientsCsv(2));
    await restored(place, ['suppress', 'add', `+${ANA}`]);
    const both = ['send', 'sale', 'news', '--yes'];
    expect((await place.run(both)).code).toBe(2);
    const { code, stderr } = await place.run([...both, '--accept-ledger']);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('--accept-ledger')]);
    expect(countExecutions(place.logFile)).toBe(4);
  });

  test('stays refused when it was accepted, but the plan was none to send', async () => {
    const place = await sendingPlace(2, { onRejected: 'stop' });
    await restored(place, ['suppress', 'add', `+${ANA}`]);
    place.write('sale/recipients.csv', `${recipientsCsv(2)}+51,Eva\n`);
    const stopped = await place.run([...SEND, '--accept-ledger']);
    expect(stopped.code, stopped.said).toBe(3);
    place.write('sale/recipients.csv', recipientsCsv(2));
    expect(await refusals(place)).toEqual(BEHIND);
  });

  test.each([
    ['imported', ['suppress', 'import', 'opted-out.csv']],
    ['forgotten', ['forget', `+${ANA}`, '--yes']],
    ['canceled', ['cancel', 'sale', '--yes']],
    ['paused', ['pause', 'sale']],
  ])('is refused when they were %s', async (_, since) => {
    const place = await sendingPlace(3);
    place.write('opted-out.csv', `phone\n+${ANA}\n`);
    expect(await refusals(place, [...SEND, '--limit', '1'])).toEqual([]);
    await restored(place, since);
    expect(await refusals(place)).toEqual(BEHIND);
  });

  test('is refused when they were forgotten before their workspace had anything in the ledger', async () => {
    const place = await sendingPlace(2);
    await place.run(['suppress', 'add', '+51999999999', '--workspace', 'workspace-of-another']);
    await place.run(['backup', 'backup.db']);
    expect((await place.run(['forget', `+${ANA}`, '--yes'])).code).toBe(0);
    copyFileSync(place.path('backup.db'), place.ledger);
    expect(await refusals(place)).toEqual(BEHIND);
  });

  test('is refused when another campaign was sent since: who opted out by it is not known, nor who reached a limit', async () => {
    const place = await sendingPlace(2);
    place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    place.write('news/recipients.csv', recipientsCsv(2));
    await restored(place, ['send', 'news', '--yes']);
    expect(await refusals(place)).toEqual(BEHIND);
    expect(await refusals(place, ['send', 'news', '--yes'])).toEqual(['ledger.behind']);
  });

  test('is refused after an import that broke off: who was taken in before stays taken out', async () => {
    const place = await sendingPlace(2);
    const rows = Array.from({ length: 5_000 }, (_, index) => `+519${20_000_000 + index}`);
    place.write('broken.csv', `phone\n+${ANA}\n${rows.join('\n')}\n"+51`);
    await place.run(['suppress', 'add', '+51999999999']);
    await place.run(['backup', 'backup.db']);
    expect((await place.run(['suppress', 'import', 'broken.csv'])).code).toBe(2);
    expect((await place.run(['suppress', 'list'])).stdout).toContain(ANA);
    copyFileSync(place.path('backup.db'), place.ledger);
    expect(await refusals(place)).toEqual(BEHIND);
  });
});

test('a launch that was taken back does not begin by itself from a backup in which it still waits', async () => {
  const place = await sendingPlace(2);
  const startAt = Date.now() + HOUR_MS;
  const request = await press(place, { startAt });
  unwrapped(await askLaunch(request, serverAt(place)));
  expect((await place.run(['backup', 'backup.db'])).code).toBe(0);
  unwrapped(await withdrawLaunch(request.key, serverAt(place)));
  copyFileSync(place.path('backup.db'), place.ledger);
  const { clock } = serverAt(place);
  const then = serverAt(place, { clock: { ...clock, now: () => startAt + 1_000 } });
  unwrapped(await startDueLaunches(launcherAt(place), then));
  const { problems } = await untilState(request.key, 'refused', serverAt(place));
  expect(problems).toMatchObject([{ code: BEHIND[0] }]);
  expect(countExecutions(place.logFile)).toBe(0);
});

describe('a backup that is put back and sent from', () => {
  test.each([
    ['nothing happened since', []],
    ['somebody was taken off the list since', [['suppress', 'remove', '+51999999999']]],
    ['only the sandbox saw something since', [['send', 'sale', '--yes', '--sandbox']]],
    ['the list of the sandbox got somebody since', [['suppress', 'add', `+${ANA}`, '--sandbox']]],
    [
      'the list of another workspace got somebody since',
      [['suppress', 'add', `+${ANA}`, '--workspace', 'workspace-of-another']],
    ],
  ])('is fine when %s', async (_, since) => {
    const place = await sendingPlace(2);
    await restored(place, ...since);
    expect(await refusals(place)).toEqual([]);
  });

  test('is fine when it was made last, whoever was taken off the list before', async () => {
    const place = await sendingPlace(2);
    await place.run(['suppress', 'add', `+${ANA}`]);
    await place.run(['suppress', 'remove', `+${ANA}`]);
    await place.run(['forget', '+51999999999', '--yes']);
    await place.run(['backup', 'backup.db']);
    copyFileSync(place.path('backup.db'), place.ledger);
    expect(await refusals(place)).toEqual([]);
    expect(countExecutions(place.logFile)).toBe(2);
  });
});

describe('a ledger of its own', () => {
  test('knows nothing of who was taken out in another one, and neither is behind', async () => {
    const place = await sendingPlace(2);
    await place.run(['suppress', 'add', `+${ANA}`]);
    await place.run(['suppress', 'add', '+51999999999', '--ledger', 'other.db']);
    expect(await refusals(place, [...SEND, '--ledger', 'other.db'])).toEqual([]);
    place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    place.write('news/recipients.csv', recipientsCsv(2));
    expect(await refusals(place, ['send', 'news', '--yes'])).toEqual([]);
    expect(messagesTo(place, ANA)).toBe(1);
  });
});
