import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { problemsOf, unwrapped } from '../support/results.js';

function read(control: string, recipients = '{ file: r.csv }') {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-control-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'c.yaml');
  const lines = [
    'name: sale',
    'template: t',
    `recipients: ${recipients}`,
    'uncertain:',
    `  control: ${control}`,
  ];
  writeFileSync(join(folder, 'r.csv'), '');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return ADAPTERS.campaignFiles.read(file);
}

describe('uncertain.control', () => {
  it.each([
    ['"+51 987-654-321"', '{ file: r.csv }', '51987654321', 'PE'],
    ['+51987654321', '{ file: r.csv }', '51987654321', 'PE'],
    ['987654321', '{ file: r.csv, country: PE }', '51987654321', 'PE'],
    ['"+52 55 1234 5678"', '{ file: r.csv, wire: { MX: "521" } }', '5215512345678', 'MX'],
    // One's own phone may be of any kind.
    ['"+51 1 5551234"', '{ file: r.csv }', '5115551234', 'PE'],
  ])('%s is read by the rules of the recipients', async (control, recipients, phone, country) => {
    const { campaign } = unwrapped(await read(control, recipients));
    expect(campaign.uncertain.control).toMatchObject({ phone, country });
  });

  it.each(['987654321', 'mañana', '"+51 1"', '"51987654321 / 51987654322"'])(
    '%s is refused, with its place',
    async (control) => {
      const problems = problemsOf(await read(control));
      expect(problems).toMatchObject([{ code: 'campaign.control', at: { line: 5, column: 12 } }]);
    },
  );

  it.each(['rate: 20', 'uncertain.settle: soon'])('is refused together with %s', async (line) => {
    const wrong = line.replace('uncertain.', '  ');
    const codes = problemsOf(await read(`mañana\n${wrong}`)).map(({ code }) => code);
    expect(codes).toEqual([
      'campaign.control',
      wrong.startsWith(' ') ? 'campaign.duration' : 'campaign.rate',
    ]);
  });

  it('is not judged by recipients that cannot be read', async () => {
    const problems = problemsOf(await read('987654321', '{ file: r.csv, country: Perú }'));
    expect(problems.map(({ code }) => code)).toEqual(['campaign.country-meant']);
  });
});
