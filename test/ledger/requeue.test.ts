import { describe, expect, it } from 'vitest';
import type { RequeueFilter } from '../../src/core/ledger/campaigns.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { MINUTE, NOON, world } from '../run/reconcile-world.js';
import { requeue } from '../support/on-sqlite.js';
import { problemsOf } from '../support/results.js';

const ALL: RequeueFilter = { status: null, code: null, group: null, person: null, failedBefore: null };
const operator = { by: 'maria', at: NOON + 60 * MINUTE };

function failures() {
  const made = world();
  const plant = (index: number, how: Parameters<typeof made.plant>[2]) =>
    made.plant(`5190000000${index}`, NOON + index * MINUTE, how);
  const ids = {
    refused: plant(1, { status: 'refused', reason: 'not-now', errorCode: '131049' }),
    other: plant(2, { status: 'refused', reason: 'row-data', errorCode: '132000' }),
    exhausted: plant(3, { status: 'exhausted', reason: 'attempts-used-up' }),
    accepted: plant(4, { status: 'accepted' }),
    uncertain: plant(5, { status: 'uncertain' }),
    skipped: plant(6, { status: 'skipped', reason: 'canceled' }),
  };
  const pending = () =>
    Object.entries(ids).flatMap(([name, id]) => (made.statusOf(id).status === 'pending' ? name : []));
  const retry = (filter: Partial<RequeueFilter>) =>
    requeue(made.db, made.campaignId, { ...ALL, ...filter }, operator);
  return { ...made, ids, pending, retry };
}

describe('a retry', () => {
  it.each<[string, Partial<RequeueFilter>, string[]]>([
    ['takes up all that failed, and nothing else', {}, ['refused', 'other', 'exhausted']],
    ['by status', { status: 'exhausted' }, ['exhausted']],
    ['by code', { code: '131049' }, ['refused']],
    ['by reason', { code: 'row-data' }, ['other']],
    ['by person', { person: '51900000002' }, ['other']],
    ['by time', { failedBefore: NOON + 2 * MINUTE }, ['refused']],
    ['only where all filters hold', { status: 'exhausted', code: '131049' }, []],
    ['never takes an accepted one, even by its person', { person: '51900000004' }, []],
    ['never takes an uncertain one', { person: '51900000005' }, []],
    ['never takes a skipped one', { person: '51900000006' }, []],
  ])('%s', (_what, filter, expected) => {
    const { retry, pending } = failures();
    expect(retry(filter)).toEqual({ count: expected.length, leftOut: {} });
    expect(pending()).toEqual(expected);
  });

  it('starts the count of refusals afresh, at once', () => {
    const { retry, db, ids } = failures();
    retry({ status: 'exhausted' });
    const row = db.prepare(
      'SELECT transient_refusals, deferrals, due_at, reason FROM deliveries WHERE id = ?',
    );
    expect(row.get(ids.exhausted)).toEqual({ transient_refusals: 0, deferrals: 0, due_at: 0, reason: null });
  });

  it('is recorded with who did it, when, and what was asked', () => {
    const { retry, db } = failures();
    retry({ code: '131049' });
    const action = db.prepare('SELECT kind, became, done_by, done_at FROM actions').get() as {
      became: string;
    };
    expect(action).toMatchObject({ kind: 'retried', done_by: 'maria', done_at: operator.at });
    expect(JSON.parse(action.became)).toEqual({ code: '131049', deliveries: 1 });
  });

  it('of another campaign is left alone', () => {
    const { db, campaign, pending } = failures();
    expect(requeue(db, campaign('sale'), ALL, operator).count).toBe(0);
    expect(pending()).toEqual([]);
  });

  it('says that the ledger cannot be written', async () => {
    const { db, campaignId } = failures();
    db.pragma('query_only = ON');
    const { campaigns } = new SqliteLedger(db);
    const answer = await campaigns.requeue(campaignId, ALL, operator);
    expect(problemsOf(answer).map(({ code }) => code)).toEqual(['ledger.read-only']);
  });
});
