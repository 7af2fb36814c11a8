import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { parseFault } from '../../src/sandbox/faults/rules.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { unwrapped } from '../support/results.js';
import type { CliPlace } from '../support/run-cli.js';
import { SECRETS, secretsIn, workplace } from '../support/workplace.js';

const campaignFile = `name: sale
template: hello
recipients: { file: people.csv, country: PE }
variables:
  body:
    "1": "{{ nombre }}"
`;

/** A place with a campaign whose second row is rejected. */
function place(url?: string): CliPlace {
  const made = workplace(url);
  made.write('campaign.yaml', campaignFile);
  made.write('people.csv', 'celular,nombre\n987654321,Ana\nabc,Luis\n987654323,Eva\n');
  return made;
}

function testSends(ledger: string): readonly unknown[] {
  const db = new Database(ledger, { readonly: true });
  try {
    return db.prepare('SELECT campaign, template, phone, outcome, http_status FROM test_sends').all();
  } finally {
    db.close();
  }
}

const to = ['--to', '+51 900 000 001'];

describe('test', () => {
  test('sends one message of type Individual with the values of the first row', async () => {
    const bodies: string[] = [];
    const url = await answeringServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        bodies.push(body);
        answerJson(response, { success: true, message: 'ok', code: 200, data: { contactId: 'c-1' } });
      });
    });
    const here = place(url);
    const end = await here.run(['test', 'campaign.yaml', ...to]);
    expect(end.code).toBe(0);
    expect(end.stdout).toContain('Accepted');
    expect(bodies).toEqual([
      `{"workspaceId":"${SECRETS.PLAZBOT_WORKSPACE_ID}","template":"hello","destination":"51900000001",` +
        '"variablesBody":[{"variable":"1","value":"Ana"}],"variablesHeader":[],"type":"2"}',
    ]);
    expect(testSends(here.ledger)).toEqual([
      { campaign: 'sale', template: 'hello', phone: '51900000001', outcome: 'accepted', http_status: 200 },
    ]);
    expect(secretsIn(end)).toEqual([]);
  });

  test('leaves the deliveries of the campaign alone', async () => {
    const { url } = await runningSandbox();
    const here = place(url);
    await here.run(['test', 'campaign.yaml', '--to', '987654321']);
    const end = await here.run(['send', 'campaign.yaml', '--yes', '--json']);
    expect(end.json).toMatchObject({ counts: { recipients: 2, accepted: 2 }, run: { sent: 2 } });
    expect((await here.run(['test', 'sale', '--to', '987654321'])).code).toBe(0);
    const status = await here.run(['status', 'sale', '--json']);
    expect(status.json).toMatchObject({ counts: { recipients: 2, accepted: 2 } });
  });

  test('--row counts the rows that can be sent; --json tells what went out', async () => {
    const { url } = await runningSandbox();
    const end = await place(url).run(['test', 'campaign.yaml', ...to, '--row', '2', '--json']);
    expect(end.json).toMatchObject({
      campaign: 'sale',
      phone: '51900000001',
      line: 4,
      body: [{ variable: '1', value: 'Eva' }],
      outcome: 'accepted',
      exitCode: 0,
    });
  });

  test.each([
    ['code-131026', 1, 'refused', 'cannot get WhatsApp'],
    ['reset-after', 1, 'uncertain', 'may have gone out'],
    ['http-401', 5, 'not-sent', 'refused the account'],
    ['code-132001', 3, 'not-sent', 'refused the template'],
    ['http-429', 3, 'deferred', 'try again later'],
  ])('%s ends with %i and is recorded as %s', async (fault, code, outcome, words) => {
    const { url } = await runningSandbox({ faults: [unwrapped(parseFault(fault))] });
    const here = place(url);
    const end = await here.run(['test', 'campaign.yaml', ...to]);
    expect(end.code).toBe(code);
    expect(end.stdout).toContain(words);
    expect(testSends(here.ledger)).toMatchObject([{ outcome }]);
    expect(secretsIn(end)).toEqual([]);
  });

  test('an unreachable provider ends with 5, and nothing was sent', async () => {
    const here = place();
    const end = await here.run(['test', 'campaign.yaml', ...to]);
    expect(end.code).toBe(5);
    expect(end.stdout).toContain('cannot be reached');
    expect(testSends(here.ledger)).toMatchObject([{ outcome: 'not-sent' }]);
  });

  test('the intent is on disk before the request leaves, and Ctrl-C waits for the answer', async () => {
    let answer = (): void => undefined;
    let heard = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const url = await answeringServer((_, response) => {
      answer = () => answerJson(response, { success: true, data: { contactId: 'c' } });
      heard();
    });
    const here = place(url);
    const sending = here.start(['test', 'campaign.yaml', ...to]);
    await asked;
    expect(testSends(here.ledger)).toMatchObject([{ outcome: 'in-flight' }]);
    sending.process.kill('SIGINT');
    await sending.says('Waiting for the answer');
    answer();
    expect((await sending.ended).code).toBe(130);
    expect(testSends(here.ledger)).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('nobody on the do-not-contact list gets a test, either', async () => {
    const { url } = await runningSandbox();
    const here = place(url);
    await here.run(['suppress', 'add', '+51900000001']);
    const end = await here.run(['test', 'campaign.yaml', ...to]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('suppress remove 51900000001');
    expect(testSends(here.ledger)).toEqual([]);
  });

  test('with --sandbox nothing leaves this machine, and no credential is needed', async () => {
    const here = place();
    const none = Object.fromEntries(Object.keys(SECRETS).map((name) => [name, undefined]));
    const end = await here.run(['test', 'campaign.yaml', ...to, '--sandbox'], none);
    expect(end.code).toBe(0);
  });

  test.each([
    [['campaign.yaml', '--to', 'my phone'], 'not "my phone"'],
    [['campaign.yaml', '--to', '+51900000001', '--row', '9'], 'no row 9 that can be sent'],
    [['campaign.yaml', '--to', '+51900000001', '--row', 'first'], '--row'],
    [['campaign.yaml'], 'to'],
    [['nothing.yaml', '--to', '+51900000001'], 'nothing.yaml'],
    [['campaign.yaml', '--too', '+51900000001'], '--to'],
  ])('%j is wrong usage, and no ledger is made', async (args, hint) => {
    const here = place();
    const end = await here.run(['test', ...args]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(hint);
    expect(existsSync(here.ledger)).toBe(false);
  });
});
