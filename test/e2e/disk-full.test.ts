import { copyFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { growWal } from '../../src/ledger/sqlite/grow-wal.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { unwrapped } from '../support/results.js';
import { campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { campaignIn, imported, runIn } from '../support/run-in-ledger.js';
import { ACCEPTED, dispatchesOf, recipient, settlementOf } from '../support/sends.js';
import { canMount, smallDisk } from '../support/small-disk.js';

const PEOPLE = 300;
const NAME = `a full disk${canMount ? '' : ' (skipped: only root may mount a small disk)'}`;

async function campaignOnSmallDisk(rate: string) {
  const disk = smallDisk(24);
  const sandbox = await runningSandbox({ latencyMs: { min: 10, max: 30 } });
  const place = cliPlace({ PLAZBOT_BASE_URL: sandbox.url, PLAZBOT_WORKSPACE_ID: 'ws-1' });
  place.write('sale/campaign.yaml', campaignYaml({ rate, concurrency: '8' }));
  place.write('sale/recipients.csv', recipientsCsv(PEOPLE));
  const send = ['send', 'sale', '--yes', '--json', '--ledger', join(disk.folder, 'plazcast.db')];
  return { disk, place, send, dbFile: sandbox.dbFile };
}

describe.skipIf(!canMount)(NAME, () => {
  test('before a run: nothing is sent, the message names the disk, and the next run goes on', async () => {
    const { disk, place, send, dbFile } = await campaignOnSmallDisk('1000/s');
    expect((await place.runProcess([...send, '--limit', '5'])).code).toBe(0);
    disk.fill();
    const full = await place.runProcess(send);
    expect([2, 3]).toContain(full.code);
    expect(full.said).toMatch(/full/iu);
    expect(countExecutions(dbFile)).toBe(5);
    disk.free();
    expect((await place.runProcess(send)).json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
    expect([...executionsByPhone(dbFile).values()]).toEqual(new Array(PEOPLE).fill(1));
  });

  test('while a campaign is made: no half of it stays, and it is made once there is room', async () => {
    const disk = smallDisk(1);
    const folder = join(disk.folder, 'sale');
    const place = cliPlace();
    disk.fill();
    const full = await place.run(['init', folder]);
    expect([full.code, readdirSync(disk.folder)]).toEqual([2, ['filler']]);
    disk.free();
    expect((await place.run(['init', folder])).code).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual(['.env.example', 'campaign.yaml', 'recipients.csv']);
  });

  test('while a ledger is moved to it: nothing of it stays there, and it is moved once there is room', async () => {
    const { disk, place, send } = await campaignOnSmallDisk('1000/s');
    const from = place.path('plazcast.db');
    expect((await place.run([...send.slice(0, -1), from, '--limit', '5'])).code).toBe(0);
    disk.fill();
    const copy = ['ledger', 'copy', from, join(disk.folder, 'new.db')];
    const full = await place.run(copy);
    expect([full.code, readdirSync(disk.folder)], full.said).toEqual([2, ['filler']]);
    expect(full.said).toMatch(/disk is full: the ledger \S+\/new\.db cannot be written/u);
    disk.free();
    const moved = await place.run(copy);
    expect([moved.code, readdirSync(disk.folder)], moved.said).toEqual([0, ['new.db']]);
  });

  test('at the very end of a move, too: the ledger is where it was, and can be sent from', async () => {
    const { disk, place, send } = await campaignOnSmallDisk('1000/s');
    place.write('sale/recipients.csv', recipientsCsv(3_000));
    const from = place.path('plazcast.db');
    const sendFrom = [...send.slice(0, -1), from, '--limit', '1'];
    expect((await place.run(sendFrom)).code).toBe(0);
    copyFileSync(from, place.path('other.db'));
    const to = place.path('whole.db');
    expect((await place.run(['ledger', 'copy', place.path('other.db'), to])).code).toBe(0);
    disk.fill();
    // Enough for nearly all of it: what a database keeps in memory until its commit is what lacks room.
    const filler = join(disk.folder, 'filler');
    truncateSync(filler, statSync(filler).size - statSync(to).size + 200_000);
    const full = await place.run(['ledger', 'copy', from, join(disk.folder, 'new.db')]);
    expect([full.code, readdirSync(disk.folder)], full.said).toEqual([2, ['filler']]);
    expect((await place.run(sendFrom)).json).toMatchObject({ exitCode: 0, counts: { accepted: 2 } });
  });

  test('when somebody is forgotten: says that she is, and that pieces are left until there is room', async () => {
    const { disk, place, send } = await campaignOnSmallDisk('1000/s');
    expect((await place.runProcess([...send, '--limit', '5'])).code).toBe(0);
    const forget = ['forget', `+${phoneNumber(20)}`, '--yes', ...send.slice(-2)];
    disk.fill();
    // Enough for her, and not for writing the ledger's file anew.
    const filler = join(disk.folder, 'filler');
    truncateSync(filler, statSync(filler).size - 200_000);
    const forgotten = await place.runProcess(forget);
    expect([forgotten.code, forgotten.stdout], forgotten.said).toMatchObject([
      1,
      expect.stringContaining('1 person was forgotten'),
    ]);
    expect(forgotten.said).toMatch(/pieces of what was erased may be left.*the disk is full/isu);
    disk.fill();
    truncateSync(filler, statSync(filler).size - 200_000);
    const again = await place.runProcess(forget);
    expect([again.code, again.stdout], again.said).toMatchObject([
      1,
      expect.stringMatching(/nothing of them.*pieces of what was erased may be left/isu),
    ]);
    disk.free();
    const thorough = await place.runProcess(forget);
    expect([thorough.code, thorough.said]).toMatchObject([0, expect.not.stringMatching(/pieces/u)]);
  });

  test('in the middle of a run: what was sent is recorded, because its room was taken before', async () => {
    const { disk, place, send, dbFile } = await campaignOnSmallDisk('80/s');
    const run = place.start(send);
    await expect.poll(() => countExecutions(dbFile)).toBeGreaterThan(20);
    disk.fill();
    const end = await run.ended;
    const executed = countExecutions(dbFile);
    expect(end.json['counts']).toMatchObject({
      accepted: executed,
      uncertain: 0,
      sending: 0,
      pending: PEOPLE - executed,
    });
    disk.free();
    expect((await place.runProcess(send)).json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
    expect([...executionsByPhone(dbFile).values()]).toEqual(new Array(PEOPLE).fill(1));
  });

  test('when the room is used up, too: intents fail first, and every outcome still fits', async () => {
    const disk = smallDisk(120);
    const db = unwrapped(openLedger(join(disk.folder, 'plazcast.db'), { mode: 'create' }));
    onTestFinished(() => {
      db.close();
    });
    const place = campaignIn(db);
    const people = Array.from({ length: 80_000 }, (_, index) => recipient(index));
    await imported(place, people);
    expect(growWal(db).ok).toBe(true);
    const run = runIn(place);
    disk.fill();
    const inFlight: ClaimedDelivery[] = [];
    let problem = '';
    while (problem === '') {
      const claim = await run.claim(64, 2_000);
      if (claim.kind === 'failed') problem = claim.problem.code;
      else if (claim.deliveries.length === 0) problem = 'everybody was claimed';
      else inFlight.push(...claim.deliveries);
      if (inFlight.length > 1_024)
        for (const delivery of inFlight.splice(0, 64)) run.recordOutcome(settlementOf(delivery, ACCEPTED));
    }
    expect(problem).toBe('ledger.full');
    for (const delivery of inFlight) run.recordOutcome(settlementOf(delivery, ACCEPTED));
    expect(await run.flush()).toEqual({ kind: 'written' });
    const { sending, pending, recipients } = await run.counts();
    expect({ sending, recipients }).toEqual({ sending: 0, recipients: people.length });
    expect(pending).toBeGreaterThan(0);
    disk.free();
    expect(dispatchesOf(await run.claim(8, 3_000))).toHaveLength(8);
  });
});
