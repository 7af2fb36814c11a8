import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { campaignYaml, phoneNumber } from '../support/run-cli.js';
import { workplace } from '../support/workplace.js';

const ANA = phoneNumber(0);

function sentPlace() {
  const place = workplace();
  place.write('sale/campaign.yaml', campaignYaml());
  place.write('sale/recipients.csv', `phone,body.1\n+${ANA},Zoraida\n+${phoneNumber(1)},Luis\n`);
  return place;
}

/** Files of the ledger in which these words can be read. */
function filesWith(folder: string, words: readonly string[]): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('plazcast.db') && !name.includes('sandbox'))
    .filter((name) => words.some((word) => readFileSync(join(folder, name)).includes(word)));
}

/** Everything that the ledger tells of the campaign. */
async function reported(place: ReturnType<typeof sentPlace>): Promise<string> {
  return (await place.run(['report', 'sale', '--sandbox', '-o', '-'])).stdout;
}

describe('forget', () => {
  test('leaves neither number nor name in the bytes of the ledger', async () => {
    const place = sentPlace();
    expect((await place.run(['send', 'sale', '--sandbox', '--yes'])).code).toBe(0);
    expect(filesWith(place.folder, ['Zoraida', ANA])).not.toEqual([]);
    expect((await place.run(['forget', `+${ANA}`, '--yes'])).code).toBe(0);
    expect(filesWith(place.folder, ['Zoraida', ANA])).toEqual([]);
    expect(filesWith(place.folder, ['Luis'])).toEqual(['plazcast.db']);
  });

  test('leaves neither number nor name in a report, and a new send sends nothing to her', async () => {
    const place = sentPlace();
    expect((await place.run(['send', 'sale', '--sandbox', '--yes'])).code).toBe(0);
    expect(await reported(place)).toMatch(/Zoraida.*Luis/su);
    const end = await place.run(['forget', `+${ANA}`, '--yes']);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain('1 person was forgotten');
    expect(end.stdout).toContain('backups');
    const report = await reported(place);
    expect([report.includes('Zoraida'), report.includes(ANA), report.includes('Luis')]).toEqual([
      false,
      false,
      true,
    ]);
    const again = await place.run(['send', 'sale', '--sandbox', '--yes', '--json']);
    expect(again.json).toMatchObject({ run: { sent: 0 }, counts: { recipients: 2, accepted: 2 } });
    const checked = await place.run(['check', 'sale', '--sandbox', '--json']);
    expect(checked.json).toMatchObject({ counts: { pending: 0 } });
  });

  test('does not say that the ledger holds nothing of somebody whose message is still open', async () => {
    const { url } = await runningSandbox({ faults: [faultRule('reset-after')] });
    const place = workplace(url);
    place.write('sale/campaign.yaml', `${campaignYaml()}`);
    place.write('sale/recipients.csv', `phone,body.1\n+${ANA},Zoraida\n`);
    await place.run(['send', 'sale', '--yes']);
    const end = await place.run(['forget', `+${ANA}`, '--yes']);
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('1 person was not forgotten');
    expect(end.stdout).toContain('Nothing was erased.');
    expect(end.stdout).not.toContain('holds nothing');
  });

  test('of what is old says how many, and does not ask a program', async () => {
    const place = sentPlace();
    await place.run(['send', 'sale', '--sandbox', '--yes']);
    const nobody = await place.run(['forget', '--older-than', '24m', '--yes', '--json']);
    expect(nobody.json).toMatchObject({ people: 0, rows: 0, exitCode: 0 });
    const unsure = await place.run(['forget', `+${ANA}`]);
    expect(unsure.code).toBe(2);
    expect(unsure.stderr).toContain('--yes');
    expect(await reported(place)).toContain('Zoraida');
  });

  test.each([
    [['forget'], 'whom to forget'],
    [['forget', `+${ANA}`, '--older-than', '24m'], 'whom to forget'],
    [['forget', '--older-than', 'soon'], '24m'],
    [['forget', '--older-than', '0d'], '90d'],
    [['forget', 'Ana', '--yes'], 'Ana'],
  ])('%j says what it takes', async (args, said) => {
    const place = sentPlace();
    await place.run(['send', 'sale', '--sandbox', '--yes']);
    const end = await place.run(args);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain(said);
  });

  test('speaks Spanish', async () => {
    const place = sentPlace();
    await place.run(['send', 'sale', '--sandbox', '--yes']);
    const end = await place.run(['forget', `+${ANA}`, '--yes', '--lang', 'es']);
    expect(end.stdout).toContain('Se olvidó a 1 persona');
  });
});
