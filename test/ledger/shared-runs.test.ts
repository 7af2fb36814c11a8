import { expect, test } from 'vitest';
import type { RunToEnter, SharedRuns } from '../../src/core/ledger/shared-runs.js';
import { campaignWith, type Place } from './suite/ledger-at-hand.js';
import { inPostgres } from './suite/postgres-at-hand.js';

/** A run of the place's campaign, as a person on `one` confirmed it. */
function runOf({ campaign }: Place, over: Partial<RunToEnter> = {}): RunToEnter {
  const by = { by: 'maria', host: 'one', pid: 7, planDigest: 'd' };
  const settings = { text: '{"rate":80}', digest: 'd' };
  return { campaignId: campaign.id, sender: 's', settings, most: null, noWait: false, ...by, ...over };
}

async function place(): Promise<Place & { readonly shared: SharedRuns }> {
  const made = await campaignWith(inPostgres, 3);
  const { shared } = made.ledger;
  if (shared === null) throw new Error('this ledger is not shared');
  return { ...made, shared };
}

test('an entered run has its settings, and who confirmed it, for every machine', async () => {
  const at = await place();
  await at.shared.enter(runOf(at));
  const other = (await at.again()).shared;
  expect(await other?.entered()).toMatchObject([
    {
      campaignId: at.campaign.id,
      name: 'sale',
      sender: 's',
      by: 'maria',
      host: 'one',
      pid: 7,
      control: 'go',
      halt: null,
    },
  ]);
  expect(await other?.settingsOf(at.campaign.id)).toEqual({
    settings: runOf(at).settings,
    left: null,
    plannedAnew: false,
  });
});

test('what was confirmed last takes the place of what nobody owns', async () => {
  const at = await place();
  await at.shared.enter(runOf(at));
  await at.shared.enter(runOf(at, { settings: { text: '{"rate":20}', digest: 'e' }, host: 'two' }));
  expect(await at.shared.entered()).toMatchObject([{ host: 'two' }]);
  expect((await at.shared.settingsOf(at.campaign.id))?.settings.text).toBe('{"rate":20}');
});

test('what was confirmed stands until another plan is made, and again once that is the same or confirmed', async () => {
  const at = await place();
  await at.shared.enter(runOf(at));
  const isDoubted = async (): Promise<boolean | undefined> =>
    (await at.shared.settingsOf(at.campaign.id))?.plannedAnew;
  const told: unknown[] = [];
  for (const digest of [null, 'd', 'e']) {
    await at.shared.planned(at.campaign.id, digest);
    told.push(await isDoubted());
  }
  await at.shared.enter(runOf(at, { planDigest: 'e' }));
  expect([...told, await isDoubted()]).toEqual([true, false, true, false]);
});

test('who was overtaken takes nothing out of the line', async () => {
  const at = await place();
  await at.shared.enter(runOf(at));
  const run = {
    campaignId: at.campaign.id,
    workspace: at.campaign.workspace,
    limit: null,
    pid: 1,
    host: 'h',
  };
  const first = await at.ledger.runs.begin({ ...run, at: 1_000, ratePerSecond: 80 }, clocks);
  const second = await at.ledger.runs.begin({ ...run, at: 2_000, ratePerSecond: 80 }, clocks);
  await at.shared.began(at.campaign.id, first.runId);
  await at.shared.began(at.campaign.id, second.runId);
  await at.shared.leave(at.campaign.id, first.runId);
  expect(await at.shared.entered()).toHaveLength(1);
  await at.shared.leave(at.campaign.id, second.runId);
  expect(await at.shared.entered()).toEqual([]);
});

test('a limit counts what every owner of the run tried', async () => {
  const at = await place();
  await at.shared.enter(runOf(at, { most: 3 }));
  const run = {
    campaignId: at.campaign.id,
    workspace: at.campaign.workspace,
    limit: null,
    pid: 1,
    host: 'h',
  };
  const { ledger } = await at.ledger.runs.begin({ ...run, at: 1_000, ratePerSecond: 80 }, clocks);
  expect(await ledger.claim(2, 2_000)).toMatchObject({ kind: 'claimed', deliveries: [{}, {}] });
  expect((await at.shared.settingsOf(at.campaign.id))?.left).toBe(1);
});

test('a run that is stopped before it began is out of the line, and its campaign says why', async () => {
  const at = await place();
  await at.shared.enter(runOf(at));
  await at.shared.stop(at.campaign.id, { code: 'halt.failover', params: {} });
  expect(await at.shared.entered()).toEqual([]);
  expect(await at.shared.settingsOf(at.campaign.id)).toBeNull();
  const { workspace, name } = at.campaign;
  expect(await at.ledger.campaigns.find({ workspace, name })).toMatchObject({
    halt: { code: 'halt.failover' },
  });
});

test('what was confirmed before a cancel is out of the line, also once the campaign is taken up again', async () => {
  const at = await place();
  const recorded = { by: 'maria', place: 'page', at: 2_000 } as const;
  await at.shared.enter(runOf(at));
  await at.ledger.campaigns.pause(at.campaign.id, recorded);
  expect(await at.shared.entered()).toHaveLength(1);
  await at.ledger.campaigns.cancel(at.campaign.id, recorded);
  await at.ledger.campaigns.resume(at.campaign.id, recorded);
  expect(await at.shared.entered()).toEqual([]);
});

test('a machine is listed from its first word until its last', async () => {
  const { shared } = await place();
  const machine = { id: 'm', host: 'one', pid: 7, workspace: 'ws-1', workers: 2 };
  await shared.present(machine);
  await shared.present(machine);
  const { id: _id, ...seen } = machine;
  expect(await shared.machines()).toMatchObject([seen]);
  await shared.absent('m');
  expect(await shared.machines()).toEqual([]);
});

function clocks(): {
  readonly at: number;
  readonly bootId: string;
  readonly monotonicMs: number;
  readonly providerOffsetMs: null;
} {
  return { at: 1_000, bootId: 'b', monotonicMs: 1, providerOffsetMs: null };
}
