import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countExecutions, executionsByPhone, executionsLog } from '../sandbox/read-log.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

describe('--limit', () => {
  test('sends at most so many in this run, and the next run goes on', async () => {
    const { json, logFile } = await sendingPlace(30);
    const first = await json(['send', 'sale', '--limit', '12']);
    expect(first.json).toMatchObject({
      counts: { accepted: 12, pending: 18 },
      run: { sent: 12 },
      halted: null,
      exitCode: 0,
    });
    expect(first.code).toBe(0);
    const rest = await json(['send', 'sale']);
    expect(rest.json).toMatchObject({ counts: { accepted: 30, pending: 0 }, run: { sent: 18 } });
    expect([...executionsByPhone(logFile).values()]).toEqual(Array.from({ length: 30 }, () => 1));
  });

  test('is shared by several campaigns, each with its own document', async () => {
    const { json, write } = await sendingPlace(5);
    write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    write('news/recipients.csv', recipientsCsv(5));
    const { json: document, code } = await json(['send', 'sale', 'news', '--limit', '5']);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      campaigns: [
        { campaign: 'sale', counts: { accepted: 5 }, run: { sent: 5 } },
        { campaign: 'news', counts: { accepted: 0, pending: 5 }, run: { sent: 0 } },
      ],
      exitCode: 0,
    });
  });

  test.each(['0', '2.5'])('%s is no limit', async (limit) => {
    const { run, logFile } = await sendingPlace(2);
    const end = await run(['send', 'sale', `--limit=${limit}`]);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain('--limit');
  });
});

describe('--dry-run', () => {
  test('is a check: nothing is sent, no ledger is made', async () => {
    const { json, logFile, ledger } = await sendingPlace(3);
    const dry = await json(['send', 'sale', '--dry-run']);
    expect(dry.json).toMatchObject({ campaign: 'sale', counts: { pending: 3 }, halted: null, exitCode: 0 });
    expect(dry.json).not.toHaveProperty('run');
    expect([countExecutions(logFile), existsSync(ledger)]).toEqual([0, false]);
  });
});

describe('a campaign whose template, type or campaignName was edited after people got it', () => {
  test('needs --accept-changes once', async () => {
    const { json, write, logFile } = await sendingPlace(2);
    await json(['send', 'sale']);
    write('sale/campaign.yaml', campaignYaml({ template: 'sale_v2' }));
    write('sale/recipients.csv', recipientsCsv(3));
    const refused = await json(['send', 'sale']);
    expect(refused.code).toBe(2);
    expect(refused.json).toMatchObject({ problems: [{ code: 'campaign.changed-after-send' }], exitCode: 2 });
    expect(countExecutions(logFile)).toBe(2);
    const accepted = await json(['send', 'sale', '--accept-changes']);
    expect(accepted.json).toMatchObject({ counts: { accepted: 3 }, run: { sent: 1 } });
    expect((await json(['send', 'sale'])).code).toBe(0);
    expect(executionsLog(logFile).map(({ template }) => template)).toEqual(['sale_es', 'sale_es', 'sale_v2']);
  });

  test('does not when only rate or rows were edited', async () => {
    const { json, write } = await sendingPlace(2);
    await json(['send', 'sale']);
    write('sale/campaign.yaml', campaignYaml({ rate: '500/s' }));
    expect((await json(['send', 'sale'])).code).toBe(0);
  });
});

describe('several campaigns', () => {
  test('are sent one after the other, and the highest code counts', async () => {
    const { json, write, logFile } = await sendingPlace(3);
    write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    write('news/recipients.csv', `${recipientsCsv(2)}not a number,Ana\n`);
    const { json: document, code } = await json(['send', 'sale', 'news']);
    expect(document).toMatchObject({
      campaigns: [
        { campaign: 'sale', counts: { accepted: 3 }, exitCode: 0 },
        { campaign: 'news', counts: { accepted: 2, rejected: 1 }, exitCode: 1 },
      ],
      exitCode: 1,
    });
    expect(code).toBe(1);
    expect(countExecutions(logFile)).toBe(5);
  });

  test('with one recipients file missing send nothing at all', async () => {
    const { json, write, logFile, ledger } = await sendingPlace(3);
    write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    const end = await json(['send', 'sale', 'news']);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain(`${normalize('news/campaign.yaml')}:3:13: There is no file recipients.csv.`);
    expect([countExecutions(logFile), existsSync(ledger)]).toEqual([0, false]);
  });

  test('with one file that breaks off in the middle tell what became of each', async () => {
    const { json, write, logFile } = await sendingPlace(3);
    write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    write('news/recipients.csv', `${recipientsCsv(2)}"+51912345678,Ana\n`);
    const { json: document } = await json(['send', 'news', 'sale']);
    expect(document).toMatchObject({
      campaigns: [
        { campaign: 'news', counts: { recipients: 0 }, halted: { code: expect.any(String) }, exitCode: 2 },
        { campaign: 'sale', counts: { accepted: 3 }, exitCode: 0 },
      ],
      exitCode: 2,
    });
    expect(countExecutions(logFile)).toBe(3);
  });

  test('of one name are refused', async () => {
    const { run, write } = await sendingPlace(1);
    write('other/campaign.yaml', campaignYaml());
    write('other/recipients.csv', recipientsCsv(1));
    const end = await run(['send', 'sale', 'other']);
    expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('"sale"')]);
  });
});

describe('--sandbox', () => {
  test('is stronger than address and credentials, and keeps its data beside the ledger', async () => {
    const { json, logFile, ledger } = await sendingPlace(4);
    const end = await json(['send', 'sale', '--sandbox']);
    expect(end.json).toMatchObject({ counts: { accepted: 4 }, exitCode: 0 });
    expect(countExecutions(logFile)).toBe(0);
    expect(executionsByPhone(`${ledger}.sandbox.db`).get(phoneNumber(0))).toBe(1);
    const real = await json(['send', 'sale']);
    expect(real.json).toMatchObject({ run: { sent: 4 } });
    expect(countExecutions(logFile)).toBe(4);
  });

  test('needs no credential', async () => {
    const { json } = await sendingPlace(1);
    const end = await json(['send', 'sale', '--sandbox'], {
      PLAZBOT_WORKSPACE_ID: undefined,
      PLAZBOT_API_KEY: undefined,
      PLAZBOT_BASE_URL: 'http://example.com',
    });
    expect(end.code).toBe(0);
  });
});

describe('--rate and --concurrency', () => {
  test.each([
    ['--rate', '0/s'],
    ['--concurrency', 'x'],
  ])('%s %s is an error, and nothing is sent', async (option, value) => {
    const { run, logFile } = await sendingPlace(1);
    const end = await run(['send', 'sale', option, value]);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).not.toBe('');
  });

  test('--rate replaces that of the file', async () => {
    const { json } = await sendingPlace(1);
    expect((await json(['check', 'sale', '--rate', '120/min'])).json).toMatchObject({ ratePerSecond: 2 });
  });
});

test('--sandbox is stronger than credentials and addresses that could not be used', async () => {
  const { json, logFile } = await sendingPlace(3);
  const env = {
    PLAZBOT_BASE_URL: 'http://example.com',
    PLAZBOT_API_KEY: 'a\nb',
    PLAZBOT_WORKSPACE_ID: undefined,
  };
  const end = await json(['send', 'sale', '--sandbox'], env);
  expect([end.code, end.json, countExecutions(logFile)]).toMatchObject([0, { counts: { accepted: 3 } }, 0]);
});

test('a check says when it would be finished with what the day has left', async () => {
  const { json } = await sendingPlace(4, { limits: '{ perDay: 2 }' });
  const beganAt = Date.now();
  await json(['send', 'sale', '--no-wait']);
  const finishAt = Date.parse(String((await json(['check', 'sale'])).json['finishAt']));
  expect(finishAt).toBeGreaterThan(beganAt + 24 * 60 * 60_000);
});

test('a check says when it would be finished with the wait after the first group, until that was tried', async () => {
  const { json } = await sendingPlace(4, { canary: '{ first: 2, wait: 30m, maxFailures: 5% }' });
  const finishAt = async () => Date.parse(String((await json(['check', 'sale'])).json['finishAt']));
  const beganAt = Date.now();
  expect(await finishAt()).toBeGreaterThanOrEqual(beganAt + 30 * 60_000);
  await json(['send', 'sale', '--limit', '2']);
  expect(await finishAt()).toBeLessThan(beganAt + 30 * 60_000);
});

test('what was canceled while it ran stands in the document with its reason', async () => {
  const { json, run, start, logFile } = await sendingPlace(200, { rate: '20/s' });
  const running = start(['send', 'sale', '--json']);
  await expect.poll(() => countExecutions(logFile)).toBeGreaterThan(2);
  await run(['cancel', 'sale']);
  const end = await running.ended;
  const { accepted, skipped, pending } = end.json['counts'] as Record<string, number>;
  expect([end.code, (accepted ?? 0) + (skipped ?? 0), pending]).toEqual([0, 200, 0]);
  expect(end.json).toMatchObject({ skippedByReason: { canceled: skipped } });
  expect((await json(['send', 'sale'])).json).toMatchObject({ run: { sent: 0 }, exitCode: 0 });
});
