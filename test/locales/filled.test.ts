import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.js';
import { translateIn } from '../support/said.js';

const translate = translateIn('en');

// `npm run types` fails where a line below an "expect-error" is no error.
test('what fills a sentence has to fit it', () => {
  const wrong = [
    // @ts-expect-error a place is left open
    () => translate('wait.window', {}),
    // @ts-expect-error nothing is given
    () => translate('wait.window'),
    // @ts-expect-error no such place
    () => translate('wait.window', { until: 1, since: 2 }),
    // @ts-expect-error a moment is a number
    () => translate('wait.window', { until: 'noon' }),
    // @ts-expect-error a sentence without places
    () => translate('cli.note', { count: 1 }),
    // @ts-expect-error no such sentence
    () => translate('cli.nothing'),
    // @ts-expect-error of two sentences, one counts
    () => translate(Math.random() > 2 ? 'forget.nobody' : 'forget.done', { people: 1 }),
    // @ts-expect-error a place is left open
    (): Problem => ({ code: 'ledger.io', params: { file: 'x' } }),
    // @ts-expect-error no such place
    (): Problem => ({ code: 'ledger.busy', params: { file: 'x', page: 1 } }),
    // @ts-expect-error a count is a number
    (): Problem => ({ code: 'cli.more-problems', params: { count: '1' } }),
  ];
  expect(wrong.length).toBeGreaterThan(0);
});

test('a moment is local time with its zone, today without the date', () => {
  expect(translate('wait.window', { until: Date.now() })).toMatch(/^window opens \d\d:\d\d \S+$/u);
  expect(translate('wait.window', { until: Date.UTC(2026, 2, 21, 12) })).toMatch(
    /^window opens 2026-03-2\d, \d\d:\d\d \S+$/u,
  );
  expect(translateIn('es')('wait.window', { until: Date.UTC(2026, 2, 21, 12) })).toMatch(
    / 2\d\/03\/2026, \d\d:\d\d \S+$/u,
  );
});

test('a number is a moment only where the sentence says so', () => {
  expect(translate('report.written', { path: 1_774_094_400_000 })).toContain('1774094400000');
});

test('a problem is said as it was found', () => {
  const problem: Problem = { code: 'ledger.busy', params: { file: 'x.db' }, at: { file: 'y' } };
  expect(translate(problem)).toBe(translate('ledger.busy', { file: 'x.db' }));
});
