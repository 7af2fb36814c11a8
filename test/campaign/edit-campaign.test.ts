import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { campaignSource, editCampaign } from '../../src/campaign/edit-campaign.js';
import { editedYaml } from '../../src/campaign/edit-yaml.js';
import { parseCampaign } from '../../src/campaign/read-campaign.js';
import type { CampaignEdit, WrittenValue } from '../../src/core/campaign-edits.js';
import { expectMode } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';

const FILE = `# The spring sale, by Ana

name: sale                  # identity
template: sale_es           # as approved
recipients: people.csv      # from the CRM

# Not faster: they asked for it.
rate: 10/s                  # fastest
variables:
  body:
    # what they bought
    "1": "{{ producto }}"   # a column
onRejected: skip
# schedule: { window: 09:00-20:00 }
`;

function set(path: string, value: WrittenValue | null): CampaignEdit {
  return { path: path.split('/'), value };
}

function edited(...edits: readonly CampaignEdit[]): string {
  return unwrapped(editedYaml(FILE, edits));
}

const noPhones = () => Promise.resolve(null);

/** The lines that are not the same, as `- old` and `+ new`. */
function changedLines(text: string): readonly string[] {
  const [before, after] = [FILE.split('\n'), text.split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe('an edit', () => {
  test('of a value changes its line alone, and keeps the comment behind it', () => {
    expect(changedLines(edited(set('rate', '20/s')))).toEqual([
      '- rate: 10/s                  # fastest',
      '+ rate: 20/s # fastest',
    ]);
  });

  test('adds a section, a key of one that is there, and lists', () => {
    const text = edited(
      set('canary/first', '20'),
      set('canary/wait', '10m'),
      set('suppress', ['stop.csv', 'a, b.csv']),
    );
    expect(changedLines(text)).toEqual([
      '+ canary:',
      '+   first: 20',
      '+   wait: 10m',
      '+ suppress: [ stop.csv, "a, b.csv" ]',
    ]);
  });

  test('makes a section of a recipients file that stood alone', () => {
    const text = edited(set('recipients/phone', 'celular'));
    expect(text).toContain('recipients:\n  file: people.csv');
    expect(text).toContain('# from the CRM');
    expect(text).toContain('  phone: celular\n');
  });

  test('takes a value out, and hands the comment above it to what follows', () => {
    const text = edited(set('rate', null));
    expect(text).not.toContain('rate:');
    expect(text).toContain('# Not faster: they asked for it.\nvariables:');
  });

  test('takes a section out with its last key', () => {
    expect(edited(set('variables/body/1', null))).not.toContain('variables');
    expect(
      unwrapped(editedYaml(edited(set('limits/perDay', '9')), [set('limits/perDay', null)])),
    ).not.toContain('limits');
  });

  test('gives variables the names and the order that were asked for', () => {
    const entries = [
      ['2', '{{ ciudad }}'],
      ['10', "{{ monto | default: 'S/ 0' }}"],
      ['1', '{{ nombre }}'],
    ] as const;
    const text = edited(set('variables/body', { entries }));
    expect(text).toContain('"2": "{{ ciudad }}"');
    expect(/"2"[\s\S]*"10"[\s\S]*"1"/u.test(text)).toBe(true);
  });

  test('of a text of several lines keeps them', async () => {
    const body = 'Hola {{1}},\n\nsu cuota: vence #hoy';
    const read = unwrapped(await parseCampaign(edited(set('text/body', body)), '/c.yaml'));
    expect(read.campaign.text?.body).toBe(body);
  });

  test.each(['rates', 'recipients/colour', 'variables/body/1/2', 'name/x', '__proto__/x'])(
    'of %s is refused: there is no such key',
    (key) => {
      expect(problemsOf(editedYaml(FILE, [set(key, 'x')]))).toMatchObject([
        { code: 'campaign.no-such-field' },
      ]);
    },
  );

  test('of a file that is no YAML is refused', () => {
    expect(problemsOf(editedYaml('name: [sale', [set('rate', '1/s')]))).toMatchObject([
      { code: 'campaign.not-editable' },
    ]);
  });

  test('goes on with a comma as delimiter, which YAML does not like', () => {
    const text = 'name: sale\nrecipients:\n  delimiter: , # as exported\n  file: a.csv\n';
    expect(unwrapped(editedYaml(text, [set('rate', '1/s')]))).toContain('delimiter: "," # as exported');
  });

  test('puts any text into the file as it is, whatever YAML would make of it', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        'null',
        '~',
        'yes',
        '1e3',
        '0050',
        '- a',
        '# b',
        'a: b',
        '{{ x }}',
        '"',
        "'",
        '|',
        '>',
        '&a',
        '*a',
        '%x',
        '@a',
        'a #b',
        '---',
        '...',
        '\ta',
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const text = unwrapped(editedYaml(FILE, [set('campaignName', value)]));
        const read = await parseCampaign(text, '/c.yaml');
        // What no campaign file takes, such as blanks alone, is told and never becomes something else.
        if (read.ok) expect(read.value.campaign.campaignName).toBe(value);
        expect(text).toContain('# The spring sale, by Ana');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an edited file', () => {
  function fileIn(): string {
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-edit-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'campaign.yaml');
    writeFileSync(file, FILE);
    return file;
  }

  test('is written whole, with the permissions that it had, and tells its new digest', async () => {
    const file = fileIn();
    chmodSync(file, 0o640);
    const { digest, written } = unwrapped(await campaignSource(file, noPhones));
    expect(written).toMatchObject({ name: 'sale', rate: '10/s' });
    const edit = unwrapped(await editCampaign(file, [set('rate', '20/s')], digest, noPhones));
    expect(edit.read).toMatchObject({ value: { campaign: { ratePerSecond: 20 } } });
    expect(unwrapped(await campaignSource(file, noPhones)).digest).toBe(edit.digest);
    expectMode(file, 0o640);
  });

  test('that somebody saved meanwhile is left alone', async () => {
    const file = fileIn();
    const { digest } = unwrapped(await campaignSource(file, noPhones));
    writeFileSync(file, `${FILE}# later\n`);
    expect(problemsOf(await editCampaign(file, [set('rate', '20/s')], digest, noPhones))).toMatchObject([
      { code: 'campaign.edited-meanwhile' },
    ]);
    expect(readFileSync(file, 'utf8')).toBe(`${FILE}# later\n`);
  });

  test('that would be wrong is not written, and what is wrong is told with its place', async () => {
    const file = fileIn();
    const { digest } = unwrapped(await campaignSource(file, noPhones));
    const result = await editCampaign(
      file,
      [set('rate', 'fast'), set('canary/wait', '1m')],
      digest,
      noPhones,
    );
    expect(problemsOf(result).map(({ code, at }) => [code, at?.line])).toEqual([
      ['campaign.rate', 8],
      ['campaign.missing', expect.any(Number)],
    ]);
    expect(readFileSync(file, 'utf8')).toBe(FILE);
  });

  test('of two edits of the same file one is refused', async () => {
    const file = fileIn();
    const { digest } = unwrapped(await campaignSource(file, noPhones));
    const edits = await Promise.all(
      ['1/s', '2/s'].map((rate) => editCampaign(file, [set('rate', rate)], digest, noPhones)),
    );
    // Which of them is first is the file system's: both read the file before they stand in line.
    expect(edits.filter(({ ok }) => ok)).toHaveLength(1);
    expect(edits.flatMap(problemsOf)).toMatchObject([{ code: 'campaign.edited-meanwhile' }]);
  });
});
