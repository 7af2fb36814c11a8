import { expect, test } from 'vitest';
import { detailIn, sentence, unwrittenHalt } from '../../src/core/problem.js';

test('what the system said of a problem is its detail, else its code', () => {
  expect(detailIn({ code: 'ledger.io', params: { file: 'x.db', detail: 'SQLITE_IOERR' } })).toBe(
    'SQLITE_IOERR',
  );
  expect(detailIn({ code: 'ledger.busy', params: { file: 'x.db' } })).toBe('ledger.busy');
  expect(detailIn({ code: 'campaign.empty' })).toBe('campaign.empty');
});

test('a sentence is a code with what fills it, where there is anything to fill', () => {
  expect(sentence('cli.note')).toEqual({ code: 'cli.note' });
  expect(sentence('wait.window', { until: 1 })).toEqual({ code: 'wait.window', params: { until: 1 } });
});

test('a run that could not write the ledger says that the disk is full, or what the system said', () => {
  expect(unwrittenHalt({ code: 'ledger.full', params: { file: 'x.db' } })).toEqual({
    code: 'halt.disk-full',
  });
  const broken = { code: 'ledger.io', params: { file: 'x.db', detail: 'SQLITE_IOERR' } } as const;
  expect(unwrittenHalt(broken)).toEqual({ code: 'halt.ledger-write', params: { detail: 'SQLITE_IOERR' } });
});
