import { cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ledgerFigures } from '../../src/app/figures/ledger-figures.js';
import { CampaignFolders } from '../../src/app/home/campaign-folders.js';
import { listCampaigns, standsOf } from '../../src/app/home/list-campaigns.js';
import { askLaunch } from '../../src/app/launch/ask-launch.js';
import { withLedger } from '../../src/app/open-ledger.js';
import { campaignByKey } from '../../src/app/overview/campaign-seen.js';
import { ok } from '../../src/core/problem.js';
import { unwrapped } from '../support/results.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { press } from './launch/launching.js';
import { serverAt } from './launch/launching-place.js';

/** What the home page of this place has. */
async function home(place: SendingPlace, folders = new CampaignFolders()) {
  return unwrapped(await listCampaigns(place.folder, folders, serverAt(place)));
}

test('campaigns of folders are there before anything was sent, wrong ones with what is wrong', async () => {
  const place = await sendingPlace(2);
  place.write('broken/campaign.yaml', 'name: Wrong Name\n');
  place.write('.hidden/campaign.yaml', campaignYaml());
  place.write('notes/readme.txt', 'no campaign');
  const { campaigns } = await home(place);
  expect(campaigns).toMatchObject([
    { name: 'broken', inFolder: true, sent: null, lastAt: null },
    { name: 'sale', inFolder: true, problems: [], sent: null, rehearsed: null },
  ]);
  expect(campaigns[0]?.problems.length).toBeGreaterThan(0);
});

test('what was sent has its counts, rehearsals beside it, and the last one comes first', async () => {
  const place = await sendingPlace(3);
  place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  place.write('news/recipients.csv', recipientsCsv(2, 50));
  await place.json(['send', 'news']);
  await place.json(['send', 'sale', '--sandbox']);
  await place.json(['send', 'sale']);
  const { campaigns } = await home(place);
  expect(campaigns).toMatchObject([
    {
      name: 'sale',
      sent: { counts: { accepted: 3, pending: 0 }, holder: null, launch: null, needs: [] },
      rehearsed: { counts: { accepted: 3 } },
    },
    { name: 'news', sent: { counts: { accepted: 2 } }, rehearsed: null },
  ]);
});

test('a copied folder is the campaign that was sent already', async () => {
  const place = await sendingPlace(1);
  await place.json(['send', 'sale']);
  cpSync(place.path('sale'), place.path('copy'), { recursive: true });
  const { campaigns } = await home(place);
  expect(campaigns.map(({ name, sent }) => [name, sent?.counts.accepted])).toEqual([
    ['sale', 1],
    ['sale', 1],
  ]);
  const seen = async (key: string) =>
    unwrapped(await campaignByKey(key, place.folder, serverAt(place)))?.sentFrom;
  expect([await seen('copy'), await seen('sale')]).toEqual([place.path('sale'), null]);
  rmSync(place.path('sale'), { recursive: true });
  expect(await seen('copy')).toBeNull();
});

test('a campaign whose folder is gone is there as the ledger knows it', async () => {
  const place = await sendingPlace(1);
  await place.json(['send', 'sale']);
  rmSync(place.path('sale'), { recursive: true });
  expect((await home(place)).campaigns).toMatchObject([
    { name: 'sale', inFolder: false, sent: { counts: { accepted: 1 } } },
  ]);
});

test('a run that goes on is told with who is at it, and one that died needs a person', async () => {
  const place = await sendingPlace(90, { rate: '2/s' });
  const run = place.start(['send', 'sale']);
  const holder = async () => (await home(place)).campaigns[0]?.sent?.holder?.pid;
  await expect.poll(holder, { interval: 50, timeout: 60_000 }).toBe(run.process.pid);
  expect((await home(place)).campaigns[0]?.sent?.needs).toEqual([]);
  run.process.kill('SIGKILL');
  await run.ended;
  const { holder: nobody, needs } = (await home(place)).campaigns[0]?.sent ?? {};
  // Whoever happened to be in flight is told beside it.
  expect([nobody, needs?.at(-1)]).toEqual([null, { kind: 'died' }]);
});

test('launches that wait for their time, or are late, are told', async () => {
  const place = await sendingPlace(2);
  await place.json(['send', 'sale', '--limit', '1']);
  const hour = 3_600_000;
  const request = { ...(await press(place)), startAt: Date.now() + hour };
  unwrapped(await askLaunch(request, serverAt(place)));
  const { campaigns, launches } = await home(place);
  expect(campaigns[0]?.sent).toMatchObject({ launch: { state: 'waiting', by: 'Ana' }, needs: [] });
  expect(launches.scheduled).toHaveLength(1);
  const server = serverAt(place);
  const later = { ...server, clock: { ...server.clock, now: () => Date.now() + 2 * hour } };
  const late = unwrapped(await listCampaigns(place.folder, new CampaignFolders(), later));
  expect(late.campaigns[0]?.sent?.needs).toMatchObject([{ kind: 'late', launch: { by: 'Ana' } }]);
});

test('a campaign file is read again when somebody saved it, and only then', async () => {
  const place = await sendingPlace(1);
  const folders = new CampaignFolders();
  const server = serverAt(place);
  let reads = 0;
  const { campaignFiles } = server;
  const counting = {
    ...server,
    campaignFiles: {
      ...campaignFiles,
      read: (path: string) => {
        reads += 1;
        return campaignFiles.read(path);
      },
    },
  };
  const look = async () => unwrapped(await listCampaigns(place.folder, folders, counting)).campaigns[0]?.name;
  expect([await look(), await look(), reads]).toEqual(['sale', 'sale', 1]);
  place.write('sale/campaign.yaml', campaignYaml({ name: 'renamed' }));
  expect([await look(), reads]).toEqual(['renamed', 2]);
});

test('a run that ends while somebody looks did not break off', async () => {
  const place = await sendingPlace(3);
  await place.json(['send', 'sale', '--limit', '2']);
  const app = serverAt(place);
  const look = await withLedger(app, 'read', async (ledger) => {
    const [now] = await ledger.status.overview();
    const lastRun = now?.lastRun ?? null;
    if (now === undefined || lastRun === null) throw new Error('it was not sent');
    const counts = { ...now.counts, accepted: 0, sending: 2 };
    const before = { ...now, counts, lastRun: { ...lastRun, endedAt: null } };
    return ok(await standsOf([before], ledger, app));
  });
  const [stand] = unwrapped(look).stands;
  expect([stand?.needs, stand?.counts.sending, stand?.counts.accepted]).toEqual([[], 0, 2]);
});

test('what was to be sent for the first time, and is late or was refused, is told though nothing of it is in the ledger', async () => {
  const place = await sendingPlace(2);
  const hourMs = 3_600_000;
  const startAt = Date.now() - hourMs;
  const request = await press(place, { startAt });
  const earlier = serverAt(place);
  const clock = { ...earlier.clock, now: () => startAt - hourMs };
  unwrapped(await askLaunch(request, { ...earlier, clock }));
  const late = await home(place);
  expect(late.first).toMatchObject([{ launch: { key: request.key }, needs: [{ kind: 'late' }] }]);
  const figures = unwrapped(await ledgerFigures(serverAt(place)));
  expect(figures?.needs).toEqual(new Map([['late', 1]]));
  expect(figures?.oldestNeedMs).toBeGreaterThanOrEqual(hourMs);
  const why = { state: 'refused', exitCode: 2, problems: [{ code: 'launch.not-yours' }] } as const;
  await withLedger(serverAt(place), 'existing', async ({ launches }) =>
    ok(await launches.end(request.key, 'waiting', why, Date.now())),
  );
  expect((await home(place)).first).toMatchObject([{ needs: [{ kind: 'refused', problems: why.problems }] }]);
  await place.json(['send', 'sale']);
  expect((await home(place)).first).toEqual([]);
});

test('who can do nothing about a first send that was refused is not told of it for ever', async () => {
  const place = await sendingPlace(2);
  const app = serverAt(place);
  const other = { ...app, environment: { ...app.environment, workspaceId: 'other' } };
  const startAt = Date.now() - 3_600_000;
  const request = await press(place, { startAt });
  unwrapped(await askLaunch(request, { ...app, clock: { ...app.clock, now: () => startAt } }));
  const needs = async (of = app): Promise<unknown> => unwrapped(await ledgerFigures(of))?.needs;
  expect(await needs(other)).toEqual(new Map([['late', 1]]));
  const why = { state: 'refused', exitCode: 2, problems: [{ code: 'launch.not-yours' }] } as const;
  await withLedger(app, 'existing', async ({ launches }) =>
    ok(await launches.end(request.key, 'waiting', why, Date.now())),
  );
  expect(await needs()).toEqual(new Map([['refused', 1]]));
  // It was asked for with a wrong workspace, and is sent through the right one since.
  expect(await needs(other)).toEqual(new Map());
  const yaml = place.read('sale/campaign.yaml');
  place.write('sale/campaign.yaml', yaml.replace('name: sale', 'name: sale-2'));
  expect(await needs()).toEqual(new Map());
  place.write('sale/campaign.yaml', 'name: [');
  expect(await needs()).toEqual(new Map([['refused', 1]]));
  rmSync(place.path('sale'), { recursive: true });
  expect(await needs()).toEqual(new Map());
});

test('a campaign whose file cannot be read is still the one that was sent from it, or is to be', async () => {
  const place = await sendingPlace(2, { name: 'spring' });
  unwrapped(await askLaunch(await press(place, { startAt: Date.now() + 86_400_000 }), serverAt(place)));
  const yaml = place.read('sale/campaign.yaml');
  const broken = async () => {
    place.write('sale/campaign.yaml', 'name: [');
    const { campaigns } = await home(place);
    const seen = unwrapped(await campaignByKey('sale', place.folder, serverAt(place)));
    place.write('sale/campaign.yaml', yaml);
    return { campaigns, seen };
  };
  const scheduled = await broken();
  expect(scheduled.campaigns).toMatchObject([{ name: 'spring', inFolder: true, sent: null }]);
  expect(scheduled.seen).toMatchObject({ name: 'spring', campaign: null, standings: [] });
  await place.json(['send', 'sale']);
  const sent = await broken();
  expect(sent.campaigns).toMatchObject([{ name: 'spring', sent: { counts: { accepted: 2 } } }]);
  expect(sent.seen).toMatchObject({ name: 'spring', standings: [{ counts: { accepted: 2 } }] });
});
