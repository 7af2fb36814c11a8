import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.js';
import { sayIn } from '../support/said.js';

const say = sayIn('en');

// `npm run types` fails where a line below an "expect-error" is no error.
test('what fills a sentence has to fit it', () => {
  const wrong = [
    // @ts-expect-error a place is left open
    () => say('wait.window', {}),
    // @ts-expect-error nothing is given
    () => say('wait.window'),
    // @ts-expect-error no such place
    () => say('wait.window', { until: 1, since: 2 }),
    // @ts-expect-error a moment is a number
    () => say('wait.window', { until: 'noon' }),
    // @ts-expect-error a sentence without places
    () => say('cli.note', { count: 1 }),
    // @ts-expect-error no such sentence
    () => say('cli.nothing'),
    // @ts-expect-error of two sentences, one counts
    () => say(Math.random() > 2 ? 'forget.nobody' : 'forget.done', { people: 1 }),
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
  expect(say('wait.window', { until: Date.now() })).toMatch(/^window opens \d\d:\d\d \S+$/u);
  expect(say('wait.window', { until: Date.UTC(2026, 2, 21, 12) })).toMatch(
    /^window opens 2026-03-2\d, \d\d:\d\d \S+$/u,
  );
  expect(sayIn('es')('wait.window', { until: Date.UTC(2026, 2, 21, 12) })).toMatch(
    / 2\d\/03\/2026, \d\d:\d\d \S+$/u,
  );
});

test('a number is a moment only where the sentence says so', () => {
  expect(say('report.written', { path: 1_774_094_400_000 })).toContain('1774094400000');
});

test('a problem is said as it was found', () => {
  const problem: Problem = { code: 'ledger.busy', params: { file: 'x.db' }, at: { file: 'y' } };
  expect(say(problem)).toBe(say('ledger.busy', { file: 'x.db' }));
});
