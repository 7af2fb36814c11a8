import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

const COUNTS = [
  'accepted',
  'exhausted',
  'failed',
  'listed',
  'pending',
  'recipients',
  'refused',
  'rejected',
  'sending',
  'skipped',
  'uncertain',
];

test('check, send and status print the fields of the contract, for one campaign and for several', async () => {
  const { json, write } = await sendingPlace(0);
  const rows = `phone,body.1\n+${phoneNumber(1)},Ana\n+${phoneNumber(1)},Ana\n+${phoneNumber(2)},Ana\nabc,Ana\n`;
  write('sale/recipients.csv', rows);
  write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  write('news/recipients.csv', recipientsCsv(2));

  const check = (await json(['check', 'sale'])).json;
  const send = (await json(['send', 'sale'])).json;
  const status = (await json(['status', 'sale'])).json;
  for (const document of [check, send, status]) {
    expect(document).toMatchObject({ campaign: 'sale', halted: null, exitCode: expect.any(Number) });
    expect(Object.keys(document['counts'] as object).toSorted()).toEqual(COUNTS);
    const counts = document['counts'] as Record<string, number>;
    // Of the accepted ones: no statuses of their own.
    const { recipients = 0, rejected = 0, listed, failed, ...statuses } = counts;
    expect([listed, failed]).toEqual([0, 0]);
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(recipients);
    expect(recipients + rejected).toBe(4);
  }
  expect(send['run']).toEqual({ sent: 2, accepted: 2, durationMs: expect.any(Number) });
  expect([check, status].map((document) => 'run' in document)).toEqual([false, false]);
  expect([check['exitCode'], send['exitCode'], status['exitCode']]).toEqual([1, 1, 0]);

  const several = ['sale', 'news'];
  expect((await json(['check', ...several])).json).toMatchObject({
    campaigns: [
      { campaign: 'sale', counts: { pending: 0, accepted: 2 } },
      { campaign: 'news', counts: { pending: 2 } },
    ],
    exitCode: 1,
  });
  expect((await json(['send', ...several])).json).toMatchObject({
    campaigns: [
      { campaign: 'sale', run: { sent: 0 } },
      { campaign: 'news', run: { sent: 2 } },
    ],
    exitCode: 1,
  });
  expect((await json(['status'])).json).toMatchObject({
    campaigns: [{ campaign: 'news' }, { campaign: 'sale' }],
  });
});

test('everything for people goes to stderr when stdout holds the document', async () => {
  const { json } = await sendingPlace(1);
  const end = await json(['send', 'sale']);
  expect(end.json).toMatchObject({ campaign: 'sale' });
  expect(end.stderr).toContain('sale');
});

test('a file that goes to stdout leaves no room for the document, unless it is one', async () => {
  const { run, json, path } = await sendingPlace(1);
  await run(['send', 'sale']);
  const report = await run(['report', 'sale', '-o', '-', '--format', 'json', '--json']);
  expect(report.json).toMatchObject({ campaign: 'sale', counts: { accepted: 1 } });
  for (const command of [
    ['report', 'sale', '-o', '-'],
    ['reconcile', 'sale', '--audit', '-o', '-'],
  ]) {
    expect((await json(command)).json).toMatchObject({
      problems: [{ code: 'cli.json-and-stdout' }],
      exitCode: 2,
    });
  }
  const audit = await run(['reconcile', 'sale', '--audit', '-o', '-']);
  expect(audit.stdout).toBe('\ufefffinding,phone,line,record_id,record_at,detail\r\n');
  expect(audit.stderr).toContain('1 accepted');
  expect(existsSync(path('-'))).toBe(false);
});

test('what reconcile and an audit say is in words and in ISO moments', async () => {
  const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
  const uncertain = '{ settle: 1h }';
  const { json } = await sendingPlace(1, { uncertain }, { faults: [faultRule('reset-before')] });
  await json(['send', 'sale']);
  const why = {
    code: 'reconcile.left.settling',
    message: expect.stringMatching(/settle time/u),
    until: MOMENT,
  };
  expect((await json(['reconcile', 'sale'])).json['settled']).toMatchObject({
    leftReasons: [{ ...why, count: 1 }],
    leftDeliveries: [{ phone: phoneNumber(0), reasons: expect.arrayContaining([why]) }],
    scan: { startedAt: MOMENT, problem: null },
  });
  expect((await json(['reconcile', 'sale', '--audit'])).json['audit']).toMatchObject({
    scan: { startedAt: MOMENT, complete: true, problem: null },
  });
});
