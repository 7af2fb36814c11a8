import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

test.each([
  ['cost', 'rates.csv'],
  ['suppress', '[lists/dnc.csv]'],
])(
  'of several campaigns none is sent where %s of a later one names a file that is not there',
  async (key, value) => {
    const { json, write, logFile, ledger } = await sendingPlace(2);
    write('second/campaign.yaml', campaignYaml({ name: 'second', [key]: value }));
    write('second/recipients.csv', recipientsCsv(2, 10));
    const end = await json(['send', 'sale', 'second', '--yes']);
    expect([end.code, countExecutions(logFile)], end.said).toEqual([2, 0]);
    expect(end.json).toMatchObject({ problems: [{ code: 'campaign.no-such-file' }], exitCode: 2 });
    expect(existsSync(ledger)).toBe(false);
  },
);

test.each(['check', 'send'])(
  '%s tells of all files that a campaign names and that are not there at once, with line and column',
  async (command) => {
    const { run, write, path } = await sendingPlace(1);
    const lines = {
      recipients: 'people.csv',
      suppress: '[do-not-contact.csv, blocked.csv]',
      cost: 'rates.csv',
    };
    write('sale/campaign.yaml', campaignYaml(lines));
    write('sale/blocked.csv', 'phone\n+51987654321\n');
    const end = await run([command, 'sale', '--json']);
    expect([end.code, end.json], end.said).toMatchObject([2, { exitCode: 2 }]);
    const file = path('sale/campaign.yaml');
    expect(end.json['problems']).toMatchObject([
      { code: 'campaign.no-such-file', at: { file, line: 3 } },
      { code: 'campaign.no-such-file', at: { file, line: 5, column: 12 } },
      { code: 'campaign.no-such-file', at: { file, line: 6, column: 1 } },
    ]);
    expect(end.stderr).toContain(
      `${normalize('sale/campaign.yaml')}:5:12: There is no file do-not-contact.csv.`,
    );
  },
);

test.each(['check', 'send'])(
  '%s tells of files that are not there together with what is wrong in the campaign file, each once and in its order',
  async (command) => {
    const { run, write, path } = await sendingPlace(1);
    const yaml = [
      'name: Sale Sale',
      'template: oferta',
      'recipients: people.csv',
      'suppress: [recipients.csv, ../dnc.csv]',
      'cost: rates.csv',
      'variables: { body: { "1": "{{ nombre" } }',
      'file: { url: 3 }',
    ];
    write('sale/campaign.yaml', `${yaml.join('\n')}\n`);
    const end = await run([command, 'sale', '--json']);
    const problems = end.json['problems'] as readonly {
      code: string;
      at: { line: number };
      message: string;
    }[];
    const missing = problems.filter(({ code }) => code === 'campaign.no-such-file');
    expect(missing.map(({ at, message }) => [at.line, message])).toEqual([
      [3, 'There is no file people.csv. Check the name and the folder.'],
      [4, `There is no file ${path('dnc.csv')}. Check the name and the folder.`],
      [5, 'There is no file rates.csv. Check the name and the folder.'],
    ]);
    const lines = problems.map(({ at }) => at.line);
    expect(lines).toEqual(lines.toSorted((one, other) => one - other));
    expect(new Set(lines)).toEqual(new Set([1, 3, 4, 5, 6, 7]));
    expect(end.code).toBe(2);
  },
);

test('a list that is there and no list is told together with what else is wrong', async () => {
  const { run, write, logFile } = await sendingPlace(1, { suppress: '[dnc.csv]', cost: 'rates.csv' });
  write('sale/dnc.csv', 'name\nAna\n');
  write('sale/recipients.csv', 'name,body.1\nAna,Ana\n');
  const end = await run(['send', 'sale', '--json']);
  expect([end.code, countExecutions(logFile)], end.said).toEqual([2, 0]);
  expect(end.json['problems']).toMatchObject([
    { code: 'recipients.no-phone-column' },
    { code: 'suppress.no-phone-column' },
    { code: 'campaign.no-such-file' },
  ]);
});

test('a file outside of the campaign is shown with its whole path: where it was looked for', async () => {
  const { run, write, path } = await sendingPlace(1);
  write('sale/campaign.yaml', campaignYaml({ recipients: path('lists', 'people.csv') }));
  const { stderr } = await run(['check', 'sale']);
  expect(stderr).toContain(`There is no file ${path('lists', 'people.csv')}.`);
});

test('of numbers of a do-not-contact file that cannot be read the first lines are named', async () => {
  const { run, write } = await sendingPlace(1, { suppress: '[one.csv, many.csv]' });
  write('sale/one.csv', 'phone\n+51987654321\nAna\n');
  write('sale/many.csv', `phone\n\n${'Ana\n'.repeat(6)}+51987654321\n`);
  const { said } = await run(['check', 'sale']);
  expect(said).toContain(
    `${normalize('sale/one.csv')}: 1 row holds no phone number that can be read (line 3):`,
  );
  expect(said).toContain(
    `${normalize('sale/many.csv')}: 6 rows hold no phone number that can be read (lines 3, 4, 5, 6, 7, …):`,
  );
  expect((await run(['check', 'sale', '--lang', 'es'])).said).toContain('(líneas 3, 4, 5, 6, 7, …):');
});
