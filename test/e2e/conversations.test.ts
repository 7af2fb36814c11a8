import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { offsetOf, platicaPage } from '../support/platica-list.js';
import { SECRETS, secretsIn, workplace } from '../support/workplace.js';

describe('conversations', () => {
  test.each(['platica', 'chatbotx'])('%s is written as CSV to stdout, everybody once', async (from) => {
    const { url } = await runningSandbox({ conversations: 120 });
    const end = await workplace(url).run(['conversations', '--from', from]);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const ids = parse(end.stdout, { columns: true }).map((row) => (row as { id: string }).id);
    expect(ids.length).toBeGreaterThan(95);
    expect(new Set(ids).size).toBe(ids.length);
    expect(secretsIn(end)).toEqual([]);
  });

  test('plazbot shows what was sent, and never the workspace id that its records hold', async () => {
    const { url } = await runningSandbox();
    const headers = { 'content-type': 'application/json', 'x-workspace-id': SECRETS.PLAZBOT_WORKSPACE_ID };
    const body = {
      workspaceId: SECRETS.PLAZBOT_WORKSPACE_ID,
      template: 't',
      destination: '51900000001',
      type: '2',
    };
    const message = { ...body, variablesBody: [], variablesHeader: [] };
    await fetch(`${url}/api/message/conversation`, {
      method: 'POST',
      headers,
      body: JSON.stringify(message),
    });
    const end = await workplace(url).run(['conversations', '--from', 'plazbot', '--format', 'jsonl']);
    expect(end.code).toBe(0);
    const [line = ''] = end.stdout.split('\n');
    expect(JSON.parse(line)).toMatchObject({
      phone: '51900000001',
      raw: { templateCode: 't', workspaceId: '•••' },
    });
    expect(secretsIn(end)).toEqual([]);
  });

  test('--max, --columns and -o choose how much, what and where', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const columns = 'id,contact.city,raw.messages.0.text';
    const args = [
      'conversations',
      '--from',
      'chatbotx',
      '--max',
      '25',
      '--columns',
      columns,
      '-o',
      'out.csv',
    ];
    expect(await place.run(args)).toMatchObject({ code: 0 });
    const rows = parse(readFileSync(place.path('out.csv'), 'utf8'), { bom: true });
    expect(rows[0]).toEqual(columns.split(','));
    expect(rows).toHaveLength(26);
  });

  test('--json is one document on stdout, also when the list breaks off', async () => {
    const url = await answeringServer((request, response, number) => {
      const offset = offsetOf(request.url);
      if (number === 3) response.end('<html>maintenance</html>');
      else answerJson(response, platicaPage(offset, 10));
    });
    const end = await workplace(url).run(['conversations', '--from', 'platica', '--json']);
    expect(end.code).toBe(3);
    expect(JSON.parse(end.stdout)).toMatchObject({
      from: 'platica',
      records: 20,
      complete: false,
      problem: { code: 'list.not-json' },
      resume: { option: 'offset', value: '20' },
      exitCode: 3,
    });
  });

  test('a page that is no JSON ends with 3, says which, and leaves valid CSV', async () => {
    const url = await answeringServer((request, response, number) => {
      if (number === 3) response.end(`<html>not for ${request.headers.authorization}</html>`);
      else answerJson(response, platicaPage(offsetOf(request.url), 10));
    });
    const end = await workplace(url).run(['conversations', '--from', 'platica']);
    expect(end.code).toBe(3);
    expect(end.stderr).toContain('Page 3 from platica is not JSON');
    expect(end.stderr).toContain('read only in part: 20 records on 2 pages');
    expect(end.stderr).toContain('--offset 20');
    expect(parse(end.stdout)).toHaveLength(21);
    expect(secretsIn(end)).toEqual([]);
  });

  test('a page without records ends with 3 and names page and field', async () => {
    const url = await answeringServer((_, response) => answerJson(response, { nextCursor: null }));
    const end = await workplace(url).run(['conversations', '--from', 'chatbotx'], { CHATBOTX_BASE_URL: url });
    expect(end.code).toBe(3);
    expect(end.stderr).toContain('Page 1 from chatbotx has no field "data"');
  });

  test('an unreachable host ends with 5, and a file that was there stays', async () => {
    const place = workplace();
    writeFileSync(place.path('old.csv'), 'old');
    const end = await place.run(['conversations', '--from', 'platica', '-o', 'old.csv']);
    expect(end).toMatchObject({ code: 5, stdout: '' });
    expect(end.stderr).toContain('platica cannot be reached at 127.0.0.1:9');
    expect(readFileSync(place.path('old.csv'), 'utf8')).toBe('old');
  });

  test.each([
    ['platica', { platicaKey: 'another' }],
    ['chatbotx', { chatbotxToken: 'another' }],
    ['plazbot', { apiKey: 'another' }],
  ])('credentials that %s refuses end with 5 and are not repeated', async (from, options) => {
    const { url } = await runningSandbox(options);
    const end = await workplace(url).run(['conversations', '--from', from]);
    expect(end).toMatchObject({ code: 5, stdout: '' });
    expect(end.stderr).toContain('refused the credentials');
    expect(secretsIn(end)).toEqual([]);
  });

  test('wrong options are all told at once, before any request', async () => {
    const end = await workplace().run([
      ...['conversations', '--from', 'platica', '--date', '2026-02-30', '--sort-by', 'name', '--cursor', 'x'],
    ]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('--date must be a day such as 2026-01-31, not "2026-02-30"');
    expect(end.stderr).toContain('--sort-by does not know "name". Use one of: lastUpdate, creationDate');
    expect(end.stderr).toContain('--cursor is an option of chatbotx. For platica use --offset');
  });

  test.each([
    [['--from', 'platica', '--colums', 'id'], '--columns'],
    [['--from', 'platica', '--columns', 'fone'], 'no column "fone"'],
    [['--from', 'nobody'], 'nobody'],
    [['--from', 'platica', '--max', 'all'], '--max'],
    [[], 'from'],
  ])('%j is wrong usage', async (args, hint) => {
    const end = await workplace().run(['conversations', ...args]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(hint);
  });

  test('a missing credential is named', async () => {
    const end = await workplace().run(['conversations', '--from', 'chatbotx'], { CHATBOTX_TOKEN: '' });
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('CHATBOTX_TOKEN is not set');
  });

  test('--base-url is stronger than the environment', async () => {
    const { url } = await runningSandbox({ conversations: 5 });
    const end = await workplace().run(['conversations', '--from', 'platica', '--base-url', url]);
    expect(parse(end.stdout).length).toBeGreaterThan(1);
  });

  test.each([
    ['stdout', []],
    ['a file', ['-o', 'out.csv']],
  ])('Ctrl-C ends with 130 and leaves valid CSV in %s', async (_, output) => {
    let stuck = (): void => undefined;
    const isStuck = new Promise<void>((resolve) => {
      stuck = resolve;
    });
    const url = await answeringServer((request, response, number) => {
      if (number < 3) answerJson(response, platicaPage(offsetOf(request.url), 10));
      else stuck();
    });
    const place = workplace(url);
    const reading = place.start(['conversations', '--from', 'platica', ...output]);
    await isStuck;
    reading.process.kill('SIGINT');
    const end = await reading.ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain('20 records on 2 pages');
    const csv = output.length === 0 ? end.stdout : readFileSync(place.path('out.csv'), 'utf8');
    expect(parse(csv)).toHaveLength(21);
  });

  test('a reader that goes away, as head does, ends the reading without an error', async () => {
    let pages = 0;
    const url = await answeringServer((request, response) => {
      pages += 1;
      answerJson(response, platicaPage(offsetOf(request.url), 200));
    });
    const reading = workplace(url).start(['conversations', '--from', 'platica']);
    await reading.says('c199,');
    reading.process.stdout?.destroy();
    expect(await reading.ended).toMatchObject({ code: 0, stderr: '' });
    expect(pages).toBeGreaterThan(0);
  });

  test('--status of ChatbotX is filtered here, and says so', async () => {
    const { url } = await runningSandbox();
    const end = await workplace(url).run([
      'conversations',
      '--from',
      'chatbotx',
      '--status',
      'blocked',
      '--columns',
      'id,blocked',
    ]);
    expect(end.stderr).toContain('does not apply it');
    const rows = parse(end.stdout, { columns: true }) as { blocked: string }[];
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row.blocked === 'true')).toBe(true);
  });

  test('with --sandbox no address or credential is needed', async () => {
    const place = workplace();
    const none = Object.fromEntries(Object.keys(SECRETS).map((name) => [name, '']));
    const end = await place.run(['conversations', '--from', 'chatbotx', '--sandbox', '--max', '3'], none);
    expect(end.code).toBe(0);
    expect(parse(end.stdout)).toHaveLength(4);
  });

  test('speaks Spanish', async () => {
    const end = await workplace().run([
      'conversations',
      '--from',
      'platica',
      '--date',
      'ayer',
      '--lang',
      'es',
    ]);
    expect(end.stderr).toContain('debe ser un día como');
  });
});

describe('report --replies-from', () => {
  test('adds replied_at and the reply rate, and says where it is an estimate', async () => {
    const now = await runningSandbox({ conversations: 20 });
    const later = await runningSandbox({ conversations: 20, dbFile: now.dbFile, clockOffsetMs: 600_000 });
    const place = workplace(now.url);
    const people = Array.from({ length: 30 }, (_, index) => `519000004${String(index).padStart(2, '0')},Ana`);
    writeFileSync(place.path('campaign.yaml'), 'name: replies\ntemplate: hello\nrecipients: people.csv\n');
    writeFileSync(place.path('people.csv'), `celular,body.1\n${people.join('\n')}\n`);
    expect((await place.run(['send', 'campaign.yaml', '--yes'])).code).toBe(0);
    const report = (from: string, ...more: string[]) =>
      place.run(['report', 'replies', '--replies-from', from, ...more], {
        CHATBOTX_BASE_URL: `${later.url}/api`,
        PLATICA_BASE_URL: later.url,
      });
    const sure = await report('chatbotx', '-o', 'r.csv');
    expect(sure.code).toBe(0);
    expect(sure.stderr).not.toContain('estimate');
    const rows = parse(readFileSync(place.path('r.csv'), 'utf8'), { columns: true, bom: true });
    const replied = (rows as { replied_at: string }[]).filter((row) => row.replied_at !== '').length;
    expect(replied).toBeGreaterThan(0);
    expect(sure.stderr).toContain(`${replied} people of 30 accepted replied`);
    const guessed = await report('platica', '--format', 'html', '-o', 'r.html');
    expect(guessed.stderr).toContain('estimate');
    expect(readFileSync(place.path('r.html'), 'utf8')).toContain('Replies are an estimate');
    expect([...secretsIn(sure), ...secretsIn(guessed)]).toEqual([]);
  });

  test('a list that cannot be reached ends with 5 and writes no report', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    writeFileSync(place.path('campaign.yaml'), 'name: replies\ntemplate: hello\nrecipients: people.csv\n');
    writeFileSync(place.path('people.csv'), 'celular,body.1\n51900000400,Ana\n');
    await place.run(['send', 'campaign.yaml', '--yes']);
    const args = ['report', 'replies', '--replies-from', 'chatbotx', '-o', 'none.csv'];
    const end = await place.run(args, { CHATBOTX_BASE_URL: 'http://127.0.0.1:9' });
    expect(end.code).toBe(5);
    expect(existsSync(place.path('none.csv'))).toBe(false);
  });
});
