import { expect, test } from 'vitest';
import { reportFileName } from '../../src/report/file-name.js';

test('the default name has campaign and date', () => {
  expect(reportFileName('spring-sale-2026', '2026-03-21', 'csv')).toBe(
    'spring-sale-2026-report-2026-03-21.csv',
  );
});

test('a name never leaves its folder and is never hidden', () => {
  expect(reportFileName('../../etc/x', '2026-03-21', 'html')).toBe('etc-x-report-2026-03-21.html');
  expect(reportFileName('..', '2026-03-21', 'json')).toBe('campaign-report-2026-03-21.json');
});
