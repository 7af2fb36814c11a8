import { describe, expect, test } from 'vitest';
import { ACCEPTED, DEFERRED, REFUSED, recipient, UNCERTAIN } from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  claimedBy,
  claimedOne,
  countsOf,
  ended,
  imported,
  type OpenLedger,
  people,
  rejectedRow,
} from './ledger-at-hand.js';

/** All campaigns at a glance. */
export function overviews(open: OpenLedger): void {
  describe('the overview', () => {
    test('has every campaign with the counts that are told of it alone, and its last run', async () => {
      const at = await open();
      expect(await at.ledger.status.overview()).toEqual([]);
      const sale = await campaignIn(at);
      await imported(sale, [...people(5), rejectedRow(9), recipient(0, { line: 10 })], 'd1', 3_000);
      const { ledger: run, runId } = await begunIn(sale);
      const [first, second] = await claimedBy(run, 3);
      if (first === undefined || second === undefined) throw new Error('nothing was claimed');
      await ended(run, first, ACCEPTED);
      await ended(run, second, REFUSED);
      const next = await campaignIn(at, { name: 'next' });
      const overview = await at.ledger.status.overview();
      expect(overview.map(({ record }) => record.name).toSorted()).toEqual(['next', 'sale']);
      const found = (name: string) => overview.find(({ record }) => record.name === name);
      expect(found('sale')).toEqual({
        record: expect.objectContaining({ id: sale.campaign.id, workspace: sale.campaign.workspace }),
        counts: await countsOf(sale),
        repeated: 1,
        lastRun: await at.ledger.status.lastRun(sale.campaign.id),
        importedAt: 3_000,
      });
      expect(found('sale')?.counts).toMatchObject({
        accepted: 1,
        refused: 1,
        sending: 1,
        pending: 2,
        skipped: 1,
      });
      expect(found('sale')?.lastRun).toMatchObject({ id: runId, endedAt: null });
      expect(await at.ledger.status.repeatedRows(sale.campaign.id)).toBe(1);
      expect(await at.ledger.status.repeatedRows(next.campaign.id)).toBe(0);
      expect(found('next')).toMatchObject({
        repeated: 0,
        counts: await countsOf(next),
        lastRun: null,
        importedAt: null,
      });
    });

    test('is told in numbers: what no table holds as a number is counted', async () => {
      const at = await open();
      const none = await at.ledger.status.figures(1_000);
      expect(none).toMatchObject({
        campaigns: [],
        startedLately: 0,
        runs: { open: 0 },
        scans: { complete: 0 },
      });
      const sale = await campaignIn(at);
      await imported(sale, [...people(6), rejectedRow(9)]);
      const { ledger: run } = await begunIn(sale, null, 1_200);
      const claimed = await claimedBy(run, 5, 1_500);
      const outcomes = [ACCEPTED, REFUSED, DEFERRED, UNCERTAIN];
      for (const [index, outcome] of outcomes.entries()) {
        const delivery = claimed[index];
        if (delivery === undefined) throw new Error('too few were claimed');
        await ended(run, delivery, outcome);
      }
      const figures = await at.ledger.status.figures(2_500);
      expect(figures).toMatchObject({
        campaigns: await at.ledger.status.overview(),
        runs: { open: 1, finished: 0, interrupted: 0, halted: 0, died: 0 },
        endedAttempts: { refused: 1, deferred: 1, 'not-sent': 0, absent: 0 },
        startedLately: 5,
        launches: { waiting: 0, running: 0, ended: 0 },
      });
      expect(figures.campaigns[0]?.counts).toMatchObject({
        accepted: 1,
        uncertain: 1,
        sending: 1,
        pending: 2,
      });
    });

    test('in numbers knows how runs, launches and readings of the list ended, and what began too long ago', async () => {
      const at = await open();
      const sale = await campaignIn(at);
      await imported(sale, people(2));
      const { ledger: run } = await begunIn(sale, null, 1_200);
      await ended(run, await claimedOne(run), REFUSED);
      await run.end(3_000, { code: 'halt.rejected', params: { count: 1 } }, 'finished');
      const { ledger: next } = await begunIn(sale, null, 4_000);
      await next.end(5_000, null, 'interrupted');
      await begunIn(sale, null, 6_000);
      await at.rawly(`INSERT INTO scans (sender, from_at, started_at, ended_at, complete)
        VALUES ('s', 1, 1, 2, 1), ('s', 1, 1, 2, 0), ('s', 1, 1, NULL, 0)`);
      expect(await at.ledger.status.figures(61_499)).toMatchObject({
        runs: { open: 1, halted: 1, interrupted: 1 },
        scans: { complete: 1, partial: 1, open: 1 },
        startedLately: 1,
      });
      expect(await at.ledger.status.figures(61_500)).toMatchObject({ startedLately: 0 });
    });
  });
}
