import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';
import type { CliPlace } from '../support/run-cli.js';
import { SECRETS, secretsIn, workplace } from '../support/workplace.js';
import { listThatBreaksOff } from './breaking-list.js';

interface Listed {
  readonly phone: string;
  readonly reason: string;
  readonly source: string;
  readonly addedAt: string;
  readonly expiresAt: string | null;
}

async function listed(place: CliPlace, ...more: readonly string[]): Promise<readonly Listed[]> {
  const end = await place.run(['suppress', 'list', '--json', ...more]);
  expect(end.code).toBe(0);
  return (JSON.parse(end.stdout) as { suppressions: Listed[] }).suppressions;
}

describe('suppress', () => {
  test('add puts people on the list, one way of writing a number or another', async () => {
    const place = workplace();
    const args = ['--reason', 'asked by phone', '--country', 'MX'];
    const end = await place.run(['suppress', 'add', '55 1234 5678', '+51 987 654 321', ...args]);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain('2 people added');
    const again = await place.run(['suppress', 'add', '+5215512345678']);
    expect(again.stdout).toContain('0 people added');
    expect(again.stdout).toContain('1 was on it already');
    const list = await listed(place);
    expect(list.map(({ phone, reason }) => [phone, reason])).toEqual([
      ['51987654321', 'asked by phone'],
      ['525512345678', 'manual'],
    ]);
    expect(secretsIn(end)).toEqual([]);
  });

  test('the log does not tell of numbers that nobody could read', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', 'Ana']);
    await place.run(['suppress', 'add', '+51987654321']);
    const log = await place.run(['log', 'export', '--format', 'jsonl']);
    expect(log.stdout.match(/"action":"[a-z]+"/gu)).toEqual(['"action":"suppressed"']);
  });

  test('a number that cannot be read is told, the others are added, and the exit code is 1', async () => {
    const place = workplace();
    const end = await place.run(['suppress', 'add', '+51987654321', '12', 'Ana']);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('2 numbers cannot be read');
    expect(end.stderr).toContain('"Ana"');
    expect(await listed(place)).toHaveLength(1);
  });

  test('of a number that cannot be read, remove does not say that nobody is on the list', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321']);
    const end = await place.run(['suppress', 'remove', '987 654 321']);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('1 number cannot be read, so nobody was taken off for it:');
    expect(end.stderr).not.toContain('is not on the list');
    expect(await listed(place)).toHaveLength(1);
  });

  test('numbers as they are written within a country ask for the country, unless it was given', async () => {
    const place = workplace();
    const hint = 'name it, such as: --country PE';
    expect((await place.run(['suppress', 'add', '987 654 321'])).stderr).toContain(hint);
    expect((await place.run(['suppress', 'add', '12', 'Ana'])).stderr).not.toContain(hint);
    expect((await place.run(['suppress', 'add', '123 456', '--country', 'PE'])).stderr).not.toContain(hint);
  });

  test('import takes a CSV of an office, and tells line and reason of what it cannot read', async () => {
    const place = workplace();
    const rows = ['Nombre;Celular', 'Ana;987654321', 'Luis;abc', 'Rosa;5,19E+10', 'Eva;(01) 555-0127'];
    writeFileSync(place.path('stop.csv'), Buffer.from(rows.join('\r\n'), 'latin1'));
    const end = await place.run(['suppress', 'import', 'stop.csv', '--country', 'PE', '--json']);
    expect(end.code).toBe(1);
    expect(JSON.parse(end.stdout)).toMatchObject({ added: 2, unreadableCount: 2, exitCode: 1 });
    expect(end.stderr).toContain('line 3: ');
    expect(end.stderr).toContain('line 4: ');
    const [first] = await listed(place);
    expect(first).toMatchObject({ reason: 'imported', source: 'stop.csv', expiresAt: null });
  });

  test('import of a file of which nobody can tell the phones says what to change in the file, not in a campaign', async () => {
    const place = workplace();
    for (const [header, said] of [
      ['nombre,ciudad', 'Call the column of the numbers "phone" in the file.'],
      ['celular,telefono', 'Leave one of them in the file'],
    ] as const) {
      writeFileSync(place.path('stop.csv'), `${header}\nAna,Lima\n`);
      const end = await place.run(['suppress', 'import', 'stop.csv']);
      expect(end.code).toBe(2);
      expect(end.stderr).toContain(said);
      expect(end.stderr).not.toContain('recipients.');
    }
  });

  test('what export writes, import takes again with reason, source and dates, and no cell is a formula', async () => {
    const place = workplace();
    await place.run([
      'suppress',
      'add',
      '+51987654321',
      '--reason',
      '=cmd()',
      '--source',
      "o'brien",
      '--expires',
      '2099-01-31',
    ]);
    await place.run(['suppress', 'add', '+51987654322']);
    const before = await listed(place);
    expect((await place.run(['suppress', 'export', '-o', 'list.csv'])).code).toBe(0);
    const text = readFileSync(place.path('list.csv'), 'utf8');
    expect(text).toContain("'=cmd()");
    expect(text).not.toContain(',=cmd()');
    await place.run(['suppress', 'remove', '+51987654321', '+51987654322']);
    expect(await listed(place)).toEqual([]);
    expect((await place.run(['suppress', 'import', 'list.csv'])).code).toBe(0);
    expect(await listed(place)).toEqual(before);
    const toStdout = await place.run(['suppress', 'export']);
    // A mark would be part of the first name to the next program of a pipe.
    expect(`\uFEFF${toStdout.stdout}`).toBe(text);
  });

  test('--expires takes a day or a time, and an entry that is over holds nobody back', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const soon = await place.run(['suppress', 'add', '+51987654321', '--expires', '1s']);
    expect(soon.code).toBe(0);
    await place.run(['suppress', 'add', '+51987654322', '--expires', '90d']);
    const [over, ahead] = await listed(place);
    expect(Date.parse(over?.expiresAt ?? '') - Date.parse(over?.addedAt ?? '')).toBeLessThan(2_000);
    const days = (Date.parse(ahead?.expiresAt ?? '') - Date.parse(ahead?.addedAt ?? '')) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    for (const wrong of ['2020-01-01', 'tomorrow', '2026-02-30', '0d']) {
      const end = await place.run(['suppress', 'add', '+51987654321', '--expires', wrong]);
      expect(end).toMatchObject({ code: 2, stdout: '' });
      expect(end.stderr).toContain(wrong);
    }
  });

  test('a day in a file is the last one on the list, as with --expires', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321', '--expires', '2099-01-31']);
    writeFileSync(place.path('stop.csv'), 'phone,expires_at\n51987654322,2099-01-31\n');
    expect((await place.run(['suppress', 'import', 'stop.csv'])).code).toBe(0);
    const [typed, imported] = await listed(place);
    expect(imported?.expiresAt).toBe(typed?.expiresAt);
  });

  test('an end in a file that cannot be read is told with its line, and who has it is on the list for good', async () => {
    const place = workplace();
    const ends = ['2099-01-31', '31/01/2099', '2099-02-30', `soon${'n'.repeat(500)}`, ''];
    const rows = ends.map((end, index) => `5198765432${index},${end}`);
    writeFileSync(place.path('stop.csv'), ['phone,expires_at', ...rows].join('\n'));
    const end = await place.run(['suppress', 'import', 'stop.csv', '--json']);
    expect(end.json).toMatchObject({ added: 5, unreadableEnds: 3, exitCode: 0 });
    expect(end.stderr).toContain('stop.csv:3: 3 ends in expires_at cannot be read, such as "31/01/2099"');
    expect(end.stderr).toContain('such as 2027-01-31');
    expect(end.stderr.length).toBeLessThan(1_000);
    expect((await listed(place)).map(({ expiresAt }) => expiresAt === null)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    const spanish = await place.run(['suppress', 'import', 'stop.csv', '--lang', 'es']);
    expect(spanish.stderr).toContain('stop.csv:3: 3 fechas de expires_at no se pueden leer');
    const given = await place.run(['suppress', 'import', 'stop.csv', '--expires', '90d', '--json']);
    expect([given.json, given.stderr]).toMatchObject([
      { unreadableEnds: 0 },
      expect.not.stringContaining('expires_at'),
    ]);
    writeFileSync(place.path('long.csv'), `phone,expires_at\n51987654329,${'n'.repeat(500)}`);
    const long = await place.run(['suppress', 'import', 'long.csv']);
    expect(long.stderr).toMatch(/"n{20,100}…"/u);
  });

  test('list counts whose entry is over apart: it keeps nobody from getting messages', async () => {
    const place = workplace();
    const rows = ['phone,expires_at', '51987654321,2021-01-01T00:00:00Z', '51987654322,'];
    writeFileSync(place.path('stop.csv'), rows.join('\n'));
    await place.run(['suppress', 'import', 'stop.csv']);
    const { stdout } = await place.run(['suppress', 'list']);
    expect(stdout).toContain('1 person on the do-not-contact list.\n1 entry is over, and keeps nobody from');
  });

  test('people on the list are skipped by send; taken off it, the next send writes to them', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    writeFileSync(place.path('campaign.yaml'), 'name: sale\ntemplate: hello\nrecipients: people.csv\n');
    writeFileSync(place.path('people.csv'), 'celular,body.1\n51987654321,Ana\n51987654322,Eva\n');
    await place.run(['suppress', 'add', '+51987654321']);
    const counts = async () => {
      const end = await place.run(['send', 'campaign.yaml', '--yes', '--json']);
      return (JSON.parse(end.stdout) as { counts: Record<string, number> }).counts;
    };
    expect(await counts()).toMatchObject({ accepted: 1, skipped: 1 });
    await place.run(['suppress', 'remove', '+51987654321']);
    expect(await counts()).toMatchObject({ accepted: 2, skipped: 0 });
  });

  test.each([
    ['chatbotx', 'blocked'],
    ['platica', 'spam'],
  ])('import --from %s takes who is %s, with source and date', async (from, reason) => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const end = await place.run(['suppress', 'import', '--from', from]);
    expect(end.code).toBe(0);
    const list = await listed(place);
    expect(list.length).toBeGreaterThan(2);
    expect(list.every((entry) => entry.reason === reason && entry.source.startsWith(`${from} `))).toBe(true);
    expect(list.some((entry) => Date.parse(entry.addedAt) < Date.now() - 86_400_000)).toBe(true);
    expect(secretsIn(end)).toEqual([]);
  });

  test.each([
    ['chatbotx', 'blocked'],
    ['platica', 'spam'],
  ])('import --from %s says how many who are %s have no phone number there', async (from, mark) => {
    const place = workplace((await runningSandbox()).url);
    const hidden = from === 'chatbotx' ? ['--tags', 'blocked'] : [];
    const read = await place.run(['conversations', '--from', from, '--format', 'jsonl', ...hidden]);
    const people = read.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const nameless = people.filter((one) => one[mark] === true && one['phone'] === null).length;
    expect(nameless).toBeGreaterThan(0);
    const end = await place.run(['suppress', 'import', '--from', from, '--json']);
    expect(JSON.parse(end.stdout)).toMatchObject({ withoutPhone: nameless, exitCode: 0 });
    expect(end.stderr).toMatch(new RegExp(`^${nameless} (?:person|people) .* no phone number`, 'mu'));
  });

  test('import from a list that cannot be reached ends with 5', async () => {
    const end = await workplace().run(['suppress', 'import', '--from', 'platica']);
    expect(end.code).toBe(5);
    expect(end.stderr).toContain('cannot be reached');
  });

  test('import from a list that breaks off says to run it again, and no option that it does not have', async () => {
    const half = await listThatBreaksOff();
    const end = await workplace(half).run(['suppress', 'import', '--from', 'platica']);
    expect(end.code).toBe(3);
    expect(end.stderr).toContain('Run the same command again');
    expect(end.stderr).not.toContain('--offset');
  });

  test.each([0, 2])(
    'import from a list that is refused after %i pages says what the provider said and what to look at, not to run it again',
    async (pages) => {
      const { url } = await runningSandbox();
      const refusing = await answeringServer(async (request, response, number) => {
        const { authorization = '' } = request.headers;
        if (number > pages) return answerJson(response, { message: 'Plan without conversations' }, 400);
        const page = await fetch(url + (request.url ?? ''), { headers: { authorization } });
        return answerJson(response, await page.json());
      });
      const { code, stderr } = await workplace(refusing).run(['suppress', 'import', '--from', 'platica']);
      expect(code).toBe(3);
      expect(stderr).toContain(
        `page ${pages + 1} (HTTP 400: Plan without conversations). The same request would be refused again`,
      );
      expect(stderr).toContain('Check the base URL and, where the command has them, the options of the list');
      expect(stderr).not.toContain('Run the same command again');
    },
  );

  test('each workspace has its own list; --workspace and --sandbox choose', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321', '--workspace', 'other']);
    await place.run(['suppress', 'add', '+51987654322', '--sandbox']);
    expect(await listed(place)).toEqual([]);
    expect(await listed(place, '--workspace', 'other')).toMatchObject([{ phone: '51987654321' }]);
    expect(await listed(place, '--sandbox')).toMatchObject([{ phone: '51987654322' }]);
    expect(readFileSync(place.ledger).includes(SECRETS.PLAZBOT_WORKSPACE_ID)).toBe(false);
  });

  test('the list says in the words of its reader what plazcast wrote as reason and source', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321']);
    const rows = ['51987654322,,', '51987654323,manual de Ana,', '51987654324,opted-out,whatsapp'];
    writeFileSync(place.path('stop.csv'), ['phone,reason,source', ...rows].join('\n'));
    await place.run(['suppress', 'import', 'stop.csv']);
    const [spanish, english] = [
      (await place.run(['suppress', 'list', '--lang', 'es'])).stdout,
      (await place.run(['suppress', 'list'])).stdout,
    ];
    for (const said of ['a mano · suppress add', 'importado · stop.csv', 'manual de Ana · stop.csv'])
      expect(spanish).toContain(`siempre     ${said}\n`);
    expect(spanish).toContain('siempre     pidió no recibir más · whatsapp\n');
    expect(english).toContain('for good    imported · stop.csv\n');
    const reasons = (await listed(place)).map(({ reason }) => reason);
    expect(reasons).toEqual(['manual', 'imported', 'manual de Ana', 'opted-out']);
  });

  test('where there is no ledger yet nobody is on the list, and how somebody comes onto it is said', async () => {
    const place = workplace();
    const { code, stdout, stderr } = await place.run(['suppress', 'list']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      `There is no ledger at ${place.ledger} yet, so nobody is on the do-not-contact list.`,
    );
    expect(stdout).toContain('To add somebody: plazcast suppress add +51987654321');
    expect(await listed(place)).toEqual([]);
    const spanish = await place.run(['suppress', 'list', '--lang', 'es']);
    expect(spanish.stdout).toContain('plazcast suppress add +51987654321');
    expect(existsSync(place.ledger)).toBe(false);
  });

  test('a ledger that was named and is not there is no empty list: it may be mistyped', async () => {
    const place = workplace();
    for (const words of [['list'], ['list', '--json'], ['export']]) {
      const end = await place.run(['suppress', ...words, '--ledger', 'mistyped.db']);
      expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('There is no ledger at')]);
    }
  });

  test('the list is for people, too, and says when nobody is on it', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321', '--expires', '2099-01-31']);
    const { stdout } = await place.run(['suppress', 'list']);
    expect(stdout).toContain('51987654321');
    expect(stdout).toContain('2099-01-31');
    const nobody = (await place.run(['suppress', 'list', '--sandbox'])).stdout;
    expect(nobody).toBe(
      'Nobody is on the do-not-contact list.\nTo add somebody: plazcast suppress add +51987654321\n',
    );
  });

  test.each([
    [['add'], 'suppress add +51987654321'],
    [['remove'], 'suppress remove'],
    [['import'], 'either one file'],
    [['import', 'a.csv', '--from', 'platica'], 'either one file'],
    [['list', '51987654321'], 'takes no further words'],
    [['drop', '51987654321'], 'drop'],
    [['import', 'missing.csv'], 'missing.csv'],
    [['add', '51987654321', '--resaon', 'x'], '--reason'],
  ])('%j is wrong usage', async (args, hint) => {
    const end = await workplace().run(['suppress', ...args]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(hint);
  });

  test('without a workspace it says how to name one', async () => {
    const end = await workplace().run(['suppress', 'list'], { PLAZBOT_WORKSPACE_ID: '' });
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('--workspace');
  });
});
