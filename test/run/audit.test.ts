import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditFinding } from '../../src/core/reconcile-ports.js';
import { audited, listed, MINUTE, NOON, world } from './reconcile-world.js';

const ANA = '51900000001';
const BEN = '51900000002';
const EVA = '51900000003';

const brief = (rows: readonly AuditFinding[]) => rows.map(({ finding, phone }) => [finding, phone]);

describe('an audit', () => {
  it('finds nothing when every accepted delivery is in the list once', async () => {
    const made = world();
    for (const phone of [ANA, BEN]) made.plant(phone, NOON);
    made.plant(EVA, NOON, { status: 'refused' });
    made.list.records = [listed(ANA, NOON), listed(BEN, NOON)];
    const { report, rows } = await audited(made);
    expect(rows).toEqual([]);
    expect(report).toMatchObject({ accepted: 2, matched: 2, confirmed: 2, scan: { complete: true } });
  });

  it.each([
    ['an empty list', () => [], false],
    [
      'a list that begins after the campaign',
      () => [listed(BEN, NOON + MINUTE, { campaignNames: ['Goodbye'] })],
      false,
    ],
    ['a list that nobody can date', () => [listed(BEN, NOON, { createdAt: null })], false],
    ['a list with a record from before', () => [listed(BEN, NOON - MINUTE)], true],
  ])('says whether %s reaches back to the beginning of the campaign', async (_what, records, reachesBack) => {
    const made = world();
    made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = records();
    expect((await audited(made)).report).toMatchObject({ reachesBack, scan: { complete: true } });
  });

  it('asks for nothing from before the campaign once somebody is accepted: whoever of them is not in the list is a finding', async () => {
    const made = world();
    made.plant(ANA, NOON);
    made.plant(BEN, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON)];
    expect((await audited(made)).report).toMatchObject({ reachesBack: true, matched: 1 });
  });

  it('does not take the last of a campaign that the ledger knows nothing of for its beginning', async () => {
    const made = world();
    for (const phone of [ANA, BEN]) made.plant(phone, NOON, { status: 'pending' });
    made.list.records = [listed(BEN, NOON + MINUTE)];
    expect((await audited(made)).report).toMatchObject({ reachesBack: false, held: 1 });
  });

  it('finds what is missing, twice, failed and unknown', async () => {
    const made = world();
    for (const phone of [ANA, BEN, EVA]) made.plant(phone, NOON);
    made.plant('51900000004', NOON, { status: 'pending' });
    made.list.records = [
      listed(BEN, NOON, { id: 'b1' }),
      listed(BEN, NOON + MINUTE, { id: 'b2' }),
      listed(EVA, NOON, { id: 'e1', failed: true, summary: 'failed: (#131026)' }),
      listed('51900000004', NOON, { id: 'p1' }),
      listed('51955555555', NOON, { id: 'u1' }),
      listed('51966666666', NOON, { templates: ['goodbye_es'] }),
    ];
    const { report, rows } = await audited(made);
    expect(rows).toEqual([
      {
        finding: 'missing',
        phone: ANA,
        line: 2,
        recordId: null,
        recordAt: null,
        detail: { code: 'audit.missing', params: { at: NOON } },
      },
      {
        finding: 'failed',
        phone: EVA,
        line: 2,
        recordId: 'e1',
        recordAt: NOON,
        detail: { code: 'audit.failed', params: { summary: 'failed: (#131026)' } },
      },
      {
        finding: 'twice',
        phone: BEN,
        line: 2,
        recordId: 'b2',
        recordAt: NOON + MINUTE,
        detail: { code: 'audit.twice' },
      },
      {
        finding: 'unknown',
        phone: '51900000004',
        line: 2,
        recordId: 'p1',
        recordAt: NOON,
        detail: { code: 'audit.held' },
      },
      {
        finding: 'unknown',
        phone: '51955555555',
        line: null,
        recordId: 'u1',
        recordAt: NOON,
        detail: { code: 'audit.unknown' },
      },
    ]);
    expect(report).toMatchObject({
      accepted: 3,
      matched: 2,
      findings: { missing: 1, failed: 1, twice: 1, unknown: 2 },
    });
  });

  it('knows its own test messages, and the messages of other campaigns', async () => {
    const made = world();
    made.plant(ANA, NOON);
    made.test(ANA, NOON + 10_000);
    const sale = made.campaign('sale', { template: 'welcome_es', campaignName: 'Sale' });
    made.plant(ANA, NOON + MINUTE, { campaignId: sale });
    made.list.records = [
      listed(ANA, NOON + 11_000, { campaignNames: [], type: 2 }),
      listed(ANA, NOON),
      listed(ANA, NOON + MINUTE, { campaignNames: ['Sale'] }),
    ];
    expect((await audited(made)).rows).toEqual([]);
  });

  it('of an individual campaign takes no message of a campaign for its own', async () => {
    const made = world();
    const single = made.campaign('single', { type: 'individual', campaignName: null });
    made.plant(ANA, NOON, { campaignId: single });
    expect(brief((await audited(made)).rows)).toEqual([]);
  });

  it('leaves uncertain deliveries as they are, and does not call their records unknown', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'uncertain' });
    made.list.records = [listed(ANA, NOON)];
    expect((await audited(made)).rows).toEqual([]);
    expect(made.statusOf(ana)).toMatchObject({ status: 'uncertain', confirmation: null });
  });

  it('calls nothing missing when the list was read only in part, and is not gone on with', async () => {
    const made = world();
    for (const phone of [ANA, BEN]) made.plant(phone, NOON);
    made.list.records = [listed(ANA, NOON, { failed: true }), listed(BEN, NOON)];
    made.list.pageSize = 1;
    made.list.before = (page) =>
      page === 2 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    const { report, rows } = await audited(made);
    expect(brief(rows)).toEqual([['failed', ANA]]);
    expect(report).toMatchObject({
      matched: null,
      scan: { complete: false, problem: { code: 'list.interrupted' } },
    });
    made.list.before = () => null;
    expect((await audited(made)).report.scan).toMatchObject({ resumed: false, complete: true });
  });

  it('counts right over many batches, in any order of the list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('missing', 'twice', 'failed', 'unknown', 'fine'), {
          minLength: 900,
          maxLength: 1300,
        }),
        async (kinds) => {
          const made = world();
          kinds.forEach((kind, index) => {
            const phone = `519${String(index).padStart(8, '0')}`;
            if (kind !== 'unknown') made.plant(phone, NOON);
            if (kind !== 'missing')
              made.list.records.push(listed(phone, NOON, { failed: kind === 'failed' }));
            if (kind === 'twice') made.list.records.unshift(listed(phone, NOON));
          });
          made.list.pageSize = 500;
          const { report, rows } = await audited(made);
          const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
          expect(report.findings).toEqual({
            missing: count('missing'),
            twice: count('twice'),
            failed: count('failed'),
            unknown: count('unknown'),
          });
          expect(rows.length).toBe(kinds.length - count('fine'));
        },
      ),
      { numRuns: 3 },
    );
  });
});
