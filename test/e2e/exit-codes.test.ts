import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockPlaces } from '../../src/app/locks.js';
import { senderOf, workspaceFingerprint } from '../../src/app/workspace.js';
import { takeLock } from '../../src/ledger/sqlite/lock.js';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { answering, SENT } from '../providers/plazbot/local-servers.js';
import { countExecutions, executionsByPhone, requestsLog } from '../sandbox/read-log.js';
import { unwrapped } from '../support/results.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace, WORKSPACE } from '../support/sending-place.js';

describe('0', () => {
  test('when everybody is accepted or skipped, duplicates among them', async () => {
    const { json, write, path } = await sendingPlace(0);
    write('sale/recipients.csv', `${recipientsCsv(2)}${recipientsCsv(1).split('\n')[1]}\n`);
    const end = await json(['send', 'sale']);
    expect(end.json).toMatchObject({
      counts: { recipients: 3, accepted: 2, skipped: 1, rejected: 0 },
      skippedByReason: { duplicate: 1 },
      exitCode: 0,
    });
    expect(end.code).toBe(0);
    expect(existsSync(path('sale/rejected.csv'))).toBe(false);
  });
});

describe('1, finished but something needs a person:', () => {
  test('a refused delivery', async () => {
    const { json } = await sendingPlace(2, {}, { faults: [faultRule('code-131026', { nth: 1 })] });
    const end = await json(['send', 'sale']);
    expect([end.code, end.json]).toMatchObject([
      1,
      { counts: { accepted: 1, refused: 1 }, halted: null, exitCode: 1 },
    ]);
  });

  test('an uncertain one, which no rerun sends again', async () => {
    const faults = [faultRule('reset-after', { nth: 1 })];
    const { json, logFile } = await sendingPlace(2, { uncertain: '{ resend: never }' }, { faults });
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect([end.code, end.json]).toMatchObject([1, { counts: { accepted: 1, uncertain: 1 } }]);
    await json(['send', 'sale']);
    expect([...executionsByPhone(logFile).values()]).toEqual([1, 1]);
  });

  test('an exhausted one, after as many transient refusals as `attempts`', async () => {
    const { json, logFile } = await sendingPlace(
      1,
      { attempts: '2' },
      { faults: [faultRule('code-131016')] },
    );
    const end = await json(['send', 'sale']);
    expect([end.code, end.json]).toMatchObject([1, { counts: { exhausted: 1 }, run: { sent: 2 } }]);
    expect(requestsLog(logFile).filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});

describe('2, nothing was sent:', () => {
  test('every problem of a campaign file at once, with line and column', async () => {
    const { run, write, logFile } = await sendingPlace(1);
    write(
      'sale/campaign.yaml',
      'name: Big Sale\ntemplate: t\nrecipients: recipients.csv\nrate: 20\ntimeuot: 60s\n',
    );
    const end = await run(['send', 'sale']);
    expect(end.code).toBe(2);
    for (const place of ['campaign.yaml:1:', 'campaign.yaml:4:', 'campaign.yaml:5:'])
      expect(end.stderr).toContain(place);
    expect(end.stderr).toContain('timeout');
    expect(countExecutions(logFile)).toBe(0);
  });

  test.each<[string, string | null, string]>([
    ['a file that is missing', null, 'recipients.csv'],
    ['no phone column', 'name,body.1\nAna,Ana\n', 'phone'],
    ['two equal headers', 'phone,name,name\n+51987654321,a,b\n', 'name'],
    ['no recipients', 'phone,body.1\n', 'recipients.csv'],
    ['an unclosed quote', 'phone,body.1\n+51987654321,"Ana\n', 'recipients.csv:2'],
  ])('recipients with %s', async (_what, csv, named) => {
    const { run, write, logFile, ledger } = await sendingPlace(1);
    if (csv === null) write('sale/campaign.yaml', campaignYaml({ recipients: 'people/recipients.csv' }));
    else write('sale/recipients.csv', csv);
    const end = await run(['send', 'sale']);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain(named);
    expect(end.stderr).not.toContain('    at ');
    expect(existsSync(ledger)).toBe(false);
  });

  test('a column that a template names is missing', async () => {
    const { run, write, logFile } = await sendingPlace(1);
    write('sale/campaign.yaml', `${campaignYaml()}variables:\n  body:\n    "1": "{{ nombre }}"\n`);
    const end = await run(['send', 'sale']);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain('nombre');
  });

  test('no workspace', async () => {
    const { run, logFile } = await sendingPlace(1);
    const end = await run(['send', 'sale'], { PLAZBOT_WORKSPACE_ID: undefined });
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain('PLAZBOT_WORKSPACE_ID');
  });

  test('a credential with a line break', async () => {
    const { run } = await sendingPlace(1);
    const end = await run(['send', 'sale'], { PLAZBOT_API_KEY: 'a\nb' });
    expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('PLAZBOT_API_KEY')]);
  });

  test('plain http to another machine, also when the file says so', async () => {
    const { run, write } = await sendingPlace(1);
    const environment = await run(['send', 'sale'], { PLAZBOT_BASE_URL: 'http://api.plazbot.com' });
    expect([environment.code, environment.stderr]).toEqual([2, expect.stringContaining('PLAZBOT_BASE_URL')]);
    write('sale/campaign.yaml', campaignYaml({ provider: '{ baseUrl: "http://api.plazbot.com" }' }));
    const file = await run(['send', 'sale'], { PLAZBOT_BASE_URL: undefined });
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining('api.plazbot.com')]);
  });

  test('a ledger in a folder that is none', async () => {
    const { run, write, logFile } = await sendingPlace(1);
    write('file', '');
    const end = await run(['send', 'sale', '--ledger', 'file/plazcast.db']);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain('file');
  });

  test('a file where rejected.csv or the locks must be written', async () => {
    const { run, write, logFile } = await sendingPlace(1);
    write('sale/recipients.csv', `${recipientsCsv(1)}abc,Ana\n`);
    write('sale/rejected.csv/in-the-way', '');
    const rejected = await run(['send', 'sale']);
    expect([rejected.code, rejected.stderr]).toEqual([2, expect.stringContaining('rejected.csv')]);
    write('state', '');
    const locks = await run(['send', 'sale'], { PLAZCAST_STATE_DIR: 'state' });
    expect([locks.code, locks.stderr]).toEqual([2, expect.stringContaining('PLAZCAST_STATE_DIR')]);
    expect(countExecutions(logFile)).toBe(0);
  });

  test('an option or a command that does not exist, with a suggestion', async () => {
    const { run } = await sendingPlace(1);
    const option = await run(['send', 'sale', '--limt', '3']);
    expect([option.code, option.stderr]).toEqual([2, expect.stringContaining('--limit')]);
    const command = await run(['sned', 'sale']);
    expect([command.code, command.stderr]).toEqual([2, expect.stringContaining('"send"')]);
  });

  test.each([
    ['--rate', '0/s', '20/s'],
    ['--rate', '20', '20/s'],
    ['--rate', '9999999/s', '100000/s'],
    ['--concurrency', '0', 'from 1 to 1024'],
    ['--concurrency', '1025', 'from 1 to 1024'],
  ])('%s %s: the message names the option and what it takes', async (option, value, named) => {
    const { run, logFile } = await sendingPlace(1);
    const end = await run(['send', 'sale', option, value]);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain(option);
    expect(end.stderr).toContain(named);
  });

  test('a word behind -- that looks like an option is a path, and is not passed over', async () => {
    const { run, logFile } = await sendingPlace(1);
    const end = await run(['send', 'sale', '--', '--limt']);
    expect([end.code, countExecutions(logFile)]).toEqual([2, 0]);
    expect(end.stderr).toContain('--limt');
  });

  test('as JSON, where that is asked for', async () => {
    const { json } = await sendingPlace(1);
    expect((await json(['send', 'nowhere'])).json).toMatchObject({
      problems: [{ code: expect.any(String) }],
      exitCode: 2,
    });
  });
});

describe('3, halted with work left:', () => {
  test('a template that WhatsApp refuses, at once; after the repair the next send goes on', async () => {
    const faults = [faultRule('code-132001', { nth: 3 })];
    const { json, logFile } = await sendingPlace(8, {}, { faults });
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect(end.json).toMatchObject({
      counts: { accepted: 2, pending: 6 },
      run: { sent: 3, accepted: 2 },
      halted: { code: 'halt.template', message: expect.stringContaining('sale_es') },
      exitCode: 3,
    });
    expect(end.code).toBe(3);
    expect((await json(['status', 'sale'])).json).toMatchObject({
      halted: { code: 'halt.template' },
      counts: { pending: 6 },
    });
    expect((await json(['send', 'sale'])).json).toMatchObject({ counts: { accepted: 8 }, exitCode: 0 });
    expect([...executionsByPhone(logFile).values()].every((times) => times === 1)).toBe(true);
  });

  test('an account that WhatsApp refuses: no credential is wrong, so the message does not send one looking for it', async () => {
    const { json } = await sendingPlace(3, {}, { faults: [faultRule('code-190')] });
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { halted: { code: 'halt.account' }, counts: { pending: 3 }, run: { sent: 1 } },
    ]);
    expect(end.stderr).not.toContain('PLAZBOT_API_KEY');
  });

  test('a Retry-After longer than a run waits; the next send does not wait for it either', async () => {
    const { url } = await answering({ status: 429, headers: { 'retry-after': '7200' } }, SENT);
    const { json } = await sendingPlace(3);
    const halted = await json(['send', 'sale', '--concurrency', '1'], { PLAZBOT_BASE_URL: url });
    expect([halted.code, halted.json]).toMatchObject([
      3,
      { halted: { code: 'halt.retry-after' }, counts: { pending: 3 } },
    ]);
    const next = await json(['send', 'sale'], { PLAZBOT_BASE_URL: url });
    expect([next.code, next.json]).toMatchObject([0, { counts: { accepted: 3 }, run: { sent: 3 } }]);
  });

  test('the breaker, by the share of failures', async () => {
    const lines = { stopWhen: '{ failures: 50%, over: 4 }' };
    const { json } = await sendingPlace(20, lines, { faults: [faultRule('code-131026')] });
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { counts: { refused: 4, pending: 16 }, halted: { code: 'halt.failures' } },
    ]);
  });

  test('the breaker, by the number of uncertain ones', async () => {
    const lines = { stopWhen: '{ uncertain: 2 }' };
    const { json } = await sendingPlace(10, lines, { faults: [faultRule('reset-after')] });
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { counts: { uncertain: 2, pending: 8 }, halted: { code: 'halt.uncertain' } },
    ]);
  });

  test('the daily cap with --no-wait', async () => {
    const { json } = await sendingPlace(5, { limits: '{ perDay: 3 }' });
    const end = await json(['send', 'sale', '--no-wait']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { counts: { accepted: 3, pending: 2 }, halted: { code: 'halt.per-day' } },
    ]);
  });

  test('a window that is closed with --no-wait', async () => {
    const hour = (new Date().getUTCHours() + 12) % 24;
    const window = [hour, (hour + 1) % 24].map((h) => `${String(h).padStart(2, '0')}:00`).join('-');
    const { json, logFile } = await sendingPlace(2, { schedule: `{ window: "${window}", timezone: UTC }` });
    const end = await json(['send', 'sale', '--no-wait']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { halted: { code: 'halt.window' }, counts: { pending: 2 } },
    ]);
    expect(countExecutions(logFile)).toBe(0);
  });

  test('a pause, until it is resumed', async () => {
    const { json, run } = await sendingPlace(3);
    await json(['send', 'sale', '--limit', '1']);
    expect((await run(['pause', 'sale'])).code).toBe(0);
    const paused = await json(['send', 'sale']);
    expect([paused.code, paused.json]).toMatchObject([
      3,
      { halted: { code: 'halt.paused' }, counts: { accepted: 1, pending: 2 } },
    ]);
    expect((await run(['resume', 'sale'])).code).toBe(0);
    expect((await json(['send', 'sale'])).json).toMatchObject({ counts: { accepted: 3 }, exitCode: 0 });
  });

  test('onRejected: stop', async () => {
    const { json, write, logFile } = await sendingPlace(0, { onRejected: 'stop' });
    write('sale/recipients.csv', `${recipientsCsv(2)}abc,Ana\n`);
    const end = await json(['send', 'sale']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { halted: { code: 'halt.rejected' }, counts: { pending: 2, rejected: 1 } },
    ]);
    expect(countExecutions(logFile)).toBe(0);
  });

  test.each([
    [
      'a wrong base URL',
      { status: 404, body: '<h1>Not Found</h1>' },
      'halt.wrong-path',
      '/api/message/conversation',
    ],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'halt.configuration', '302'],
  ])('%s', async (_what, answer, code, named) => {
    const { url, requests } = await answering(answer);
    const { json } = await sendingPlace(3);
    const end = await json(['send', 'sale', '--concurrency', '1'], { PLAZBOT_BASE_URL: url });
    expect([end.code, end.json]).toMatchObject([
      3,
      { counts: { pending: 3 }, run: { sent: 1 }, halted: { code } },
    ]);
    expect(end.stderr).toContain(named);
    expect(requests).toHaveLength(1);
  });
});

describe('4, another run holds', () => {
  const holder = { pid: 4_242, host: 'till-2', campaign: 'winter', since: Date.now() - 60_000 };

  test.each(['campaign', 'sender'] as const)(
    'the %s: the message names process, host and time',
    async (which) => {
      const { runProcess, url, ledger, stateDir, logFile } = await sendingPlace(1);
      const workspace = workspaceFingerprint(WORKSPACE);
      const places = lockPlaces(ledger, stateDir, { workspace, name: 'sale' }, senderOf(url, workspace));
      const taken = unwrapped(takeLock(places[which], holder));
      onTestFinished(() => void (taken.kind === 'held' && taken.lock.release()));
      const end = await runProcess(['send', 'sale', '--json'], { TZ: 'UTC' });
      expect([end.code, end.json, countExecutions(logFile)]).toMatchObject([4, { exitCode: 4 }, 0]);
      expect(end.stderr).toContain('4242');
      expect(end.stderr).toContain('till-2');
      expect(end.stderr).toContain(new Date(holder.since).toISOString().slice(11, 16));
    },
  );

  test('not when its process is gone', async () => {
    const { json, write, ledger } = await sendingPlace(1);
    write('plazcast.db.holder', JSON.stringify({ ...holder, host: hostname() }));
    expect((await json(['send', 'sale'])).code).toBe(0);
    expect(existsSync(join(ledger))).toBe(true);
  });
});

describe('5, before anything was sent:', () => {
  test.each([
    ['a workspace that is not allowed', { workspaceId: 'another' }, 'WORKSPACE'],
    ['a key that is refused', { apiKey: 'another' }, 'API key'],
  ])('%s', async (_what, options, named) => {
    const { json, logFile } = await sendingPlace(3, {}, options);
    const end = await json(['send', 'sale', '--concurrency', '1']);
    expect([end.code, end.json]).toMatchObject([
      5,
      { halted: { code: 'halt.credentials' }, counts: { pending: 3 }, exitCode: 5 },
    ]);
    expect(end.stderr).toContain(named);
    expect(countExecutions(logFile)).toBe(0);
  });

  test('but 3 once people were accepted', async () => {
    const { json } = await sendingPlace(4, {}, { faults: [faultRule('http-401', { nth: 3 })] });
    expect((await json(['send', 'sale', '--concurrency', '1'])).code).toBe(3);
  });

  test('a provider that cannot be reached', async () => {
    const { json } = await sendingPlace(3);
    const end = await json(['send', 'sale'], { PLAZBOT_BASE_URL: 'http://127.0.0.1:9' });
    expect([end.code, end.json]).toMatchObject([
      5,
      { halted: { code: 'halt.unreachable' }, counts: { pending: 3 }, run: { sent: 0 } },
    ]);
    expect(end.stderr).toContain('ECONNREFUSED');
  });
});

describe('130, interrupted:', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends in order, and the next send goes on', async (signal) => {
    const { start, json, logFile } = await sendingPlace(60, { rate: '20/s' });
    const run = start(['send', 'sale', '--json']);
    await expect.poll(() => countExecutions(logFile)).toBeGreaterThan(3);
    run.process.kill(signal);
    const end = await run.ended;
    expect(end.code).toBe(130);
    const { accepted, sending, uncertain } = end.json['counts'] as Record<string, number>;
    expect([accepted, sending, uncertain]).toEqual([countExecutions(logFile), 0, 0]);
    expect((await json(['send', 'sale', '--rate', '1000/s'])).json).toMatchObject({
      counts: { accepted: 60 },
      exitCode: 0,
    });
    expect([...executionsByPhone(logFile).values()].every((times) => times === 1)).toBe(true);
    expect(executionsByPhone(logFile).get(phoneNumber(59))).toBe(1);
  });
});
