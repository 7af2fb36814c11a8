import { expect, test } from 'vitest';
import { ledgerOfChild } from '../../../src/app/apart/ledger-of-child.js';

test('a process is told of a file in its words', () => {
  const file = '/srv/plazcast.db';
  const told = ledgerOfChild({ ledgerFile: file, ledgerAddress: file, usualLedgerFile: file });
  expect(told).toEqual({ words: ['--ledger=/srv/plazcast.db'], env: {} });
});

test('the address of a database, with its password, stands in no word of a process', () => {
  const ledgerAddress = 'postgres://ana:s3cret@db.example/plazcast';
  const ledgerFile = 'postgres://ana@db.example/plazcast';
  const env = { PLAZCAST_LEDGER: ledgerAddress };
  const usual = ledgerOfChild({ ledgerFile, ledgerAddress, usualLedgerFile: ledgerFile });
  expect(usual).toEqual({ words: [], env });
  const typed = ledgerOfChild({ ledgerFile, ledgerAddress, usualLedgerFile: '/srv/plazcast.db' });
  expect(typed).toEqual({ words: [`--ledger=${ledgerFile}`], env });
});
