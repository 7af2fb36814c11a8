import { existsSync, readdirSync, rmSync } from 'node:fs';
import { normalize } from 'node:path';
import { expect, test } from 'vitest';
import { texts } from '../recipients/xlsx/books.js';
import { cliPlace } from '../support/run-cli.js';
import { bookParts, type TestSheet, writeParts } from '../support/xlsx-writing.js';

test('init writes a campaign that passes check and can be sent to the sandbox, and overwrites nothing', async () => {
  const { run, path, read, write } = cliPlace();
  const made = await run(['init', 'campaigns/first', '--yes']);
  expect(made.code).toBe(0);
  expect(readdirSync(path('campaigns/first')).toSorted()).toEqual([
    '.env.example',
    'campaign.yaml',
    'recipients.csv',
  ]);
  expect(read('campaigns/first/.env.example')).toContain('PLAZBOT_WORKSPACE_ID');
  expect((await run(['check', 'campaigns/first'])).code).toBe(0);
  expect((await run(['send', 'campaigns/first', '--sandbox', '--yes'])).code).toBe(0);

  write('campaigns/first/campaign.yaml', 'mine');
  const again = await run(['init', 'campaigns/first', '--yes']);
  expect([again.code, read('campaigns/first/campaign.yaml')]).toEqual([2, 'mine']);
  expect(again.stderr).toContain('recipients.csv');
});

test('init that was killed before its campaign file was there is completed by the next one, which overwrites nothing', async () => {
  const { run, path, read, write } = cliPlace();
  await run(['init', 'first', '--yes']);
  rmSync(path('first/campaign.yaml'));
  const completed = await run(['init', 'first', '--yes']);
  expect([completed.stderr, completed.code]).toEqual(['', 0]);
  expect((await run(['check', 'first'])).code).toBe(0);

  rmSync(path('first/campaign.yaml'));
  rmSync(path('first/.env.example'));
  write('first/recipients.csv', 'mine');
  const refused = await run(['init', 'first', '--yes']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    `${normalize('first/recipients.csv')} exists already and is not overwritten.`,
  );
  expect([read('first/recipients.csv'), readdirSync(path('first'))]).toEqual(['mine', ['recipients.csv']]);
});

test('init makes a campaign of a list that lies in its folder already, whatever its name', async () => {
  const { run, read, write } = cliPlace();
  write('own/recipients.csv', 'Nombre;Celular\nAna;+51987654321\n');
  const made = await run(['init', 'own', '--from', 'own/recipients.csv', '--yes']);
  expect([made.stderr, made.code]).toEqual(['', 0]);
  expect(read('own/campaign.yaml')).toMatch(/^ {2}file: recipients\.csv /mu);
  expect((await run(['check', 'own'])).code).toBe(0);
});

function sheet(name: string, ...rows: readonly (readonly string[])[]): TestSheet {
  return {
    name,
    xml: `<sheetData>${rows.map((cells, index) => texts(index + 1, ...cells)).join('')}</sheetData>`,
  };
}

const NOTES = sheet('Resumen', ['Campaña', 'Mes'], ['Otoño', 'mayo']);
const PEOPLE = sheet('Clientes Sur', ['celular', 'nombre'], ['+51987654321', 'Ana']);

test('init finds the recipients on another sheet of a workbook, and says which', async () => {
  const { run, read, path } = cliPlace();
  await writeParts(path('people.xlsx'), bookParts({ sheets: [NOTES, PEOPLE] }));
  const made = await run(['init', 'own', '--from', 'people.xlsx', '--yes']);
  expect([made.stderr, made.code]).toEqual(['', 0]);
  expect(made.stdout).toContain('Recipients: sheet "Clientes Sur".\nPhone numbers: column "celular".');
  expect(read('own/campaign.yaml')).toContain('sheet: Clientes Sur');
  const checked = await run(['check', 'own']);
  expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('sheet "Clientes Sur"')]);
});

test('init of a workbook in which no sheet, or more than one other, has phones says to name the sheet', async () => {
  const { run, read, path } = cliPlace();
  const more = { ...PEOPLE, name: 'Clientes Norte' };
  for (const [name, sheets] of [
    ['none', [NOTES, { ...NOTES, name: 'Otra' }]],
    ['several', [NOTES, PEOPLE, more]],
  ] as const) {
    await writeParts(path(`${name}.xlsx`), bookParts({ sheets }));
    const made = await run(['init', name, '--from', `${name}.xlsx`, '--yes']);
    expect(made.stderr).toContain('No column looks like the phone number.');
    const others = sheets.slice(1).map((one) => `"${one.name}"`);
    expect(made.stderr).toContain(
      `Only the sheet "Resumen" was read. If the recipients are on another one (${others.join(', ')}), name it under recipients.sheet`,
    );
    expect(read(`${name}/campaign.yaml`)).not.toContain('sheet:');
  }
});

test('init from an own CSV names its phone column', async () => {
  const { run, read, write } = cliPlace();
  write('people.csv', 'Nombre;Celular\nAna;+51987654321\n');
  const { code, stdout } = await run(['init', 'own', '--from', 'people.csv', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    `Next: write the name of your template into ${normalize('own/campaign.yaml')}, then type:`,
  );
  expect(read('own/campaign.yaml')).toContain('../people.csv');
  const checked = await run(['check', 'own']);
  expect(checked.code).toBe(0);
  expect(checked.stdout).toContain('"my_template" is the name of an example.');
});

test('init finds the phone column by its content when no name tells, and says which it took', async () => {
  const { run, write, read } = cliPlace();
  write('people.csv', 'Nombre;DNI;Contacto\nAna;40123456;987 654 321\nEva;40123457;+51 987-654-322\nLuz;;\n');
  const made = await run(['init', 'own', '--from', 'people.csv']);
  expect(made.stdout).toContain('Phone numbers: column "Contacto".');
  expect(read('own/campaign.yaml')).toContain('phone: Contacto');
  expect((await run(['check', 'own', '--json'])).json).toMatchObject({ counts: { pending: 2, rejected: 1 } });
});

test('init says what is missing when no column or several look like the phone', async () => {
  const { run, write } = cliPlace();
  write('people.csv', 'Nombre;Nota\nAna;vip\n');
  const { code, stderr } = await run(['init', 'own', '--from', 'people.csv']);
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining(`Name it under recipients.phone in ${normalize('own/campaign.yaml')}`),
  ]);
  write('two.csv', 'Celular;Celular 2;Nombre\n987654321;987654322;Ana\n');
  const two = await run(['init', 'two', '--from', 'two.csv']);
  expect(two.stdout + two.stderr).toContain('recipients.phone');
});

test('init where a file is in the way says so', async () => {
  const { run, write } = cliPlace();
  write('first', '');
  const end = await run(['init', 'first/sub', '--yes']);
  expect([end.code, end.stderr]).toEqual([2, expect.stringContaining(normalize('first/sub'))]);
});

test.skipIf(!existsSync('/proc/self'))('init says so where no folder can be made', async () => {
  const { stderr, code } = await cliPlace().run(['init', '/proc/plazcast/first', '--yes']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('/proc/plazcast/first')]);
});
