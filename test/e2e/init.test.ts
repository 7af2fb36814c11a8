import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cliPlace } from '../support/run-cli.js';

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

test('init from an own CSV names its phone column', async () => {
  const { run, read, write } = cliPlace();
  write('people.csv', 'Nombre;Celular\nAna;+51987654321\n');
  const { code, stdout } = await run(['init', 'own', '--from', 'people.csv', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toContain('Next: write the name of your template into own/campaign.yaml, then type:');
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
    expect.stringContaining('Name it under recipients.phone in own/campaign.yaml'),
  ]);
  write('two.csv', 'Celular;Celular 2;Nombre\n987654321;987654322;Ana\n');
  const two = await run(['init', 'two', '--from', 'two.csv']);
  expect(two.stdout + two.stderr).toContain('recipients.phone');
});

test('init where a file is in the way says so', async () => {
  const { run, write } = cliPlace();
  write('first', '');
  const end = await run(['init', 'first/sub', '--yes']);
  expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('first/sub')]);
});
