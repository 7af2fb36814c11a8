import { expect, test } from 'vitest';
import type { Cli } from '../../../src/cli/command.js';
import { showSettled } from '../../../src/cli/reconcile/settle-shown.js';
import type { Problem } from '../../../src/core/problem.js';
import type { ReconcileReport } from '../../../src/core/reconcile-report.js';
import { translateIn } from '../../support/said.js';

/** What is said of a reading of 300 pages that left one person uncertain. */
function said(problem: Problem | null): readonly string[] {
  const lines: string[] = [];
  const colours = { bold: String, yellow: String };
  const terminal = { line: (line: string) => lines.push(line), colours };
  const counts = { uncertain: 1, accepted: 0, failed: 0, provenAbsent: 0, requeued: 0, left: 1 };
  const leftReasons =
    problem === null ? [] : [{ code: 'reconcile.left.list-incomplete', params: {}, count: 1 }];
  const report = { ...counts, leftReasons, scan: { pages: 300, records: 6000, problem } };
  const cli = { terminal, translate: translateIn('en'), language: 'en' };
  showSettled(report as unknown as ReconcileReport, cli as unknown as Cli);
  return lines;
}

test('a list is called read where its reading ended, and not where it broke off', () => {
  expect(said(null)[0]).toBe('The list was read: 300 pages, 6,000 records.');
  const again = { code: 'reconcile.scan.interrupted-again', params: { page: 300 } } as const;
  const [first, , , reason] = said(again);
  expect(first).toBe('Read of the list: 300 pages, 6,000 records.');
  expect(reason).toBe('  1 × The reading of the list did not end. Run reconcile again.');
});
