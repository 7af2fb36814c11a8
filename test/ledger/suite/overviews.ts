import { describe, expect, test } from 'vitest';
import { ACCEPTED, REFUSED, recipient } from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  claimedBy,
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
      expect(found('next')).toMatchObject({ counts: await countsOf(next), lastRun: null, importedAt: null });
    });
  });
}
