import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cliPlace } from '../support/run-cli.js';

test('init writes a campaign that passes check and can be sent to the sandbox, and overwrites nothing', {
  timeout: 90_000,
}, async () => {
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
  expect((await run(['init', 'own', '--from', 'people.csv', '--yes'])).code).toBe(0);
  expect(read('own/campaign.yaml')).toContain('../people.csv');
  expect((await run(['check', 'own'])).code).toBe(0);
});

test('init where a file is in the way says so', async () => {
  const { run, write } = cliPlace();
  write('first', '');
  const end = await run(['init', 'first/sub', '--yes']);
  expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('first/sub')]);
});
