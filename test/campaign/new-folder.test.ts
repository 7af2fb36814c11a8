import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimFolder } from '../../src/campaign/new-folder.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { cliPlace } from '../support/run-cli.js';

test('a folder is claimed once', () => {
  const folder = cliPlace().path('campaigns/sale');
  expect([claimFolder(folder), claimFolder(folder)]).toEqual([
    { ok: true, value: true },
    { ok: true, value: false },
  ]);
});

test('where the folder of all campaigns is none, no other name is to be tried', () => {
  const place = cliPlace().path('');
  writeFileSync(join(place, 'file'), '');
  if (!ON_WINDOWS) symlinkSync(join(place, 'unmounted'), join(place, 'link'));
  for (const above of ON_WINDOWS ? ['file'] : ['file', 'link'])
    expect(claimFolder(join(place, above, 'sale'))).toMatchObject({
      problems: [{ code: 'init.unwritable', params: { detail: 'EEXIST' } }],
    });
});
