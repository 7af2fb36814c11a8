import { expect, test } from 'vitest';
import { ledgerOfChild } from '../../../src/app/apart/ledger-of-child.js';

test('a process is told of a file in its words', () => {
  const told = ledgerOfChild({ ledgerFile: '/srv/plazcast.db', ledgerAddress: '/srv/plazcast.db' });
  expect(told).toEqual({ words: ['--ledger=/srv/plazcast.db'], env: {} });
});

test('the address of a database, with its password, stands in no word of a process', () => {
  const ledgerAddress = 'postgres://ana:s3cret@db.example/plazcast';
  const told = ledgerOfChild({ ledgerFile: 'postgres://ana@db.example/plazcast', ledgerAddress });
  expect(told).toEqual({ words: [], env: { PLAZCAST_LEDGER: ledgerAddress } });
});
