import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { AUDIENCE_COLUMNS } from '../../src/core/audience.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { secretsIn, workplace } from '../support/workplace.js';
import { listThatBreaksOff } from './breaking-list.js';

interface AudienceDocument {
  readonly audience: number;
  readonly records: number;
  readonly dropped: Readonly<Record<string, number>>;
}

const campaignFile = `name: invitation
template: hello
recipients: { file: recipients.csv, country: PE }
variables:
  body:
    "1": "{{ first_name | default: name }}"
    "2": "{{ tags | default: '-' }}"
`;

describe('audience', () => {
  test.each(['platica', 'chatbotx'])('a file from %s passes check as it is', async (from) => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const end = await place.run(['audience', '--from', from, '-o', 'recipients.csv', '--country', 'PE']);
    expect(end.code).toBe(0);
    const people = Number(/(\d+) people in the audience/u.exec(end.stdout)?.[1]);
    expect(people).toBeGreaterThan(50);
    writeFileSync(place.path('campaign.yaml'), campaignFile);
    const check = await place.run(['check', 'campaign.yaml', '--json']);
    expect(check.code).toBe(0);
    expect(JSON.parse(check.stdout)).toMatchObject({ counts: { pending: people, rejected: 0, skipped: 0 } });
    expect(secretsIn(end)).toEqual([]);
  });

  test('a file from plazbot has everybody who was sent to, once', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    writeFileSync(place.path('campaign.yaml'), campaignFile.replaceAll('{{ tags |', '{{ note |'));
    const rows = ['phone,name,first_name,note', '51987654321,Ana,Ana,', '51987654322,Eva,Eva,'];
    writeFileSync(place.path('recipients.csv'), rows.join('\n'));
    for (const name of ['one', 'two']) {
      writeFileSync(
        place.path(`${name}.yaml`),
        campaignFile.replace('invitation', name).replace('tags', 'note'),
      );
      expect((await place.run(['send', `${name}.yaml`, '--yes'])).code).toBe(0);
    }
    const end = await place.run(['audience', '--from', 'plazbot', '-o', 'again.csv']);
    expect(end.stdout).toContain('2 people in the audience');
    expect(end.stdout).toContain('2 further conversations of people who are in already');
    const [header, ...people] = parse(readFileSync(place.path('again.csv'), 'utf8'), { bom: true });
    expect(header).toEqual([...AUDIENCE_COLUMNS]);
    expect(people.map(([phone]) => phone).sort()).toEqual(['51987654321', '51987654322']);
  });

  test('says how many were left out and why; the numbers add up', async () => {
    const { url } = await runningSandbox();
    const args = ['audience', '--from', 'platica', '-o', 'r.csv', '--outside-window', '--json'];
    const end = await workplace(url).run(args);
    const { audience, records, dropped } = JSON.parse(end.stdout) as AudienceDocument;
    const out = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect(audience + out).toBe(records);
    expect(dropped['window-open']).toBeGreaterThan(0);
    expect(dropped['hash']).toBeGreaterThan(0);
    expect(end.stderr).toContain('marked as spam');
  });

  test('--keep brings in what is left out otherwise, also what ChatbotX hides', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const audienceOf = async (...more: readonly string[]) => {
      const end = await place.run(['audience', '--from', 'chatbotx', '-o', 'r.csv', '--json', ...more]);
      expect(end.code).toBe(0);
      return (JSON.parse(end.stdout) as AudienceDocument).audience;
    };
    const usual = await audienceOf();
    const withArchived = await audienceOf('--keep', 'archived');
    expect(withArchived).toBeGreaterThan(usual);
    expect(await audienceOf('--keep', 'archived,blocked,unsubscribed')).toBeGreaterThan(withArchived);
  });

  test('--columns adds fields, never a name twice', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const columns = 'name,contact.city,phone,raw.ref';
    await place.run(['audience', '--from', 'chatbotx', '-o', 'r.csv', '--columns', columns]);
    const [header] = parse(readFileSync(place.path('r.csv'), 'utf8'), { bom: true });
    expect(header).toEqual([...AUDIENCE_COLUMNS, 'contact.city', 'raw.ref']);
  });

  test.each([
    [['--columns', 'contact.phoneNumber'], 'second phone column'],
    [['--keep', 'hashes'], 'hashes'],
    [['--country', 'Perú'], 'Perú'],
    [['--date', 'ayer'], '--date is an option of platica'],
    [['--outside-windows'], '--outside-window'],
  ])('%j is wrong usage', async (args, hint) => {
    const end = await workplace().run(['audience', '--from', 'chatbotx', '-o', 'r.csv', ...args]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain(hint);
  });

  test('without -o it is wrong usage', async () => {
    const end = await workplace().run(['audience', '--from', 'platica']);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('output');
  });

  test('an unreachable list ends with 5 and leaves the old file alone', async () => {
    const place = workplace();
    writeFileSync(place.path('r.csv'), 'old');
    const end = await place.run(['audience', '--from', 'platica', '-o', 'r.csv']);
    expect(end.code).toBe(5);
    expect(readFileSync(place.path('r.csv'), 'utf8')).toBe('old');
  });

  test('a list that breaks off ends with 3; what was read is written and said to be a part', async () => {
    const half = await listThatBreaksOff();
    const place = workplace(half);
    const end = await place.run(['audience', '--from', 'platica', '-o', 'r.csv']);
    expect(end.code).toBe(3);
    expect(end.stderr).toContain('read only in part');
    expect(end.stderr).toMatch(
      /--offset \d+, and give another file with -o: this one would be written over/u,
    );
    expect(parse(readFileSync(place.path('r.csv'), 'utf8')).length).toBeGreaterThan(10);
  });

  test('of two lists the second of which is refused, what is written ends with 3, in its document, too', async () => {
    const { url } = await runningSandbox();
    const first = await answeringServer(async (request, response) => {
      if (request.url?.includes('archived')) return response.writeHead(401).end();
      const { authorization = '' } = request.headers;
      const page = await fetch(url + (request.url ?? ''), { headers: { authorization } });
      return answerJson(response, await page.json());
    });
    const place = workplace(first);
    const words = ['audience', '--from', 'chatbotx', '--keep', 'archived', '-o', 'r.csv', '--json'];
    const end = await place.run(words);
    expect(end.code).toBe(3);
    expect(JSON.parse(end.stdout)).toMatchObject({ complete: false, exitCode: 3 });
  });

  test('-o - writes the file to stdout and the counts to stderr', async () => {
    const { url } = await runningSandbox({ conversations: 30 });
    const place = workplace(url);
    const end = await place.run(['audience', '--from', 'platica', '-o', '-']);
    expect(parse(end.stdout)[0]).toEqual([...AUDIENCE_COLUMNS]);
    expect(end.stderr).toContain('in the audience');
    expect(existsSync(place.path('-'))).toBe(false);
  });
});
