import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SENT } from '../providers/plazbot/local-servers.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { answeringServer } from '../support/answering.js';
import { sendingPlace } from '../support/sending-place.js';

const SEND = ['send', 'sale', '--yes'];
const PEOPLE = 80;

/** A campaign of which a few have left when its ledger is taken away. */
async function takenAway(take: (folder: string) => void, args: readonly string[] = SEND) {
  const place = await sendingPlace(PEOPLE, { rate: '20/s' }, { latencyMs: { min: 20, max: 40 } });
  const run = place.start([...args, '--json']);
  await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(4);
  take(place.folder);
  const end = await run.ended;
  expect(end.code, end.said).toBe(3);
  const sent = countExecutions(place.logFile);
  expect(sent).toBeLessThan(PEOPLE);
  expect(end.json['counts']).toMatchObject({ accepted: sent, sending: 0, uncertain: 0 });
  return { place, end, sent };
}

type Place = Awaited<ReturnType<typeof takenAway>>['place'];

/** With the right ledger back in its place, the rest get it, and nobody twice. */
async function expectTheRest(place: Place): Promise<void> {
  const rest = await place.json([...SEND, '--rate', '1000/s']);
  expect(rest.json, rest.said).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
  expect([...executionsByPhone(place.logFile).values()]).toEqual(new Array(PEOPLE).fill(1));
}

/** A provider that answers so late, and how many requests have reached it: who was claimed may not have left yet. */
async function lateProvider(afterMs: number) {
  const seen = { requests: 0 };
  const url = await answeringServer((_request, response, number) => {
    seen.requests = number;
    setTimeout(() => response.writeHead(200).end(SENT.body), afterMs);
  });
  return { seen, env: { PLAZBOT_BASE_URL: url } };
}

describe('a ledger that is taken away while it is sent from halts the run', () => {
  test.each([
    ['alone', ['plazcast.db']],
    ['with all that lies beside it', ['plazcast.db', 'plazcast.db-wal', 'plazcast.db-shm']],
  ])('deleted %s: what it held is saved beside it', async (_, names) => {
    const { place, end } = await takenAway((folder) => {
      for (const name of names) rmSync(join(folder, name));
    });
    const saved = place.path('plazcast.db.saved.db');
    expect(end.json['halted']).toMatchObject({ code: 'halt.ledger-saved' });
    expect(end.stderr).toContain(saved);
    expect(existsSync(place.ledger)).toBe(false);
    const next = await place.json(SEND);
    expect(next.json).toMatchObject({ problems: [{ code: 'ledger.another' }], exitCode: 2 });
    expect(next.stderr).toContain('--ledger plazcast.db.saved.db');
    renameSync(saved, place.ledger);
    await expectTheRest(place);
  });

  test('moved: it is whole where it lies now, and that is told', async () => {
    const { place, end } = await takenAway((folder) => {
      mkdirSync(join(folder, 'archive'));
      renameSync(join(folder, 'plazcast.db'), join(folder, 'archive', 'old.db'));
    });
    const moved = place.path('archive', 'old.db');
    expect(end.json['halted']).toMatchObject({ code: 'halt.ledger-moved' });
    expect(end.stderr).toContain(moved);
    const next = await place.json(SEND);
    expect(next.stderr).toContain('--ledger archive/old.db');
    renameSync(moved, place.ledger);
    await expectTheRest(place);
  });

  test('replaced by a copy: the one that was sent from counts', async () => {
    const { place, end } = await takenAway((folder) => {
      const ledger = join(folder, 'plazcast.db');
      copyFileSync(ledger, join(folder, 'copy.db'));
      renameSync(join(folder, 'copy.db'), ledger);
    });
    expect(end.json['halted']).toMatchObject({ code: 'halt.ledger-saved' });
    const next = await place.json(SEND);
    expect(next.code, next.said).toBe(2);
    renameSync(place.path('plazcast.db.saved.db'), place.ledger);
    await expectTheRest(place);
  });

  test('with its folder: what it held is saved in the state folder', async () => {
    const place = await sendingPlace(PEOPLE, { rate: '20/s' });
    const ledger = place.path('ledgers', 'ours.db');
    mkdirSync(place.path('ledgers'));
    const run = place.start([...SEND, '--json', '--ledger', ledger]);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(4);
    rmSync(place.path('ledgers'), { recursive: true });
    const end = await run.ended;
    expect(end.json['halted'], end.said).toMatchObject({ code: 'halt.ledger-saved' });
    const saved = join(place.stateDir, 'ours.db.saved.db');
    const rest = await place.json([...SEND, '--rate', '1000/s', '--ledger', saved]);
    expect(rest.json, rest.said).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
    expect([...executionsByPhone(place.logFile).values()]).toEqual(new Array(PEOPLE).fill(1));
  });

  test('after the last message has left, too', async () => {
    const { seen, env } = await lateProvider(1_500);
    const place = await sendingPlace(3);
    const run = place.start([...SEND, '--json'], env);
    await expect.poll(() => seen.requests).toBe(3);
    rmSync(place.ledger);
    const end = await run.ended;
    expect(end.json, end.said).toMatchObject({
      exitCode: 3,
      halted: { code: 'halt.ledger-saved' },
      counts: { accepted: 3 },
    });
  });

  test('right before somebody interrupts the run, too: what it held is saved', async () => {
    const { seen, env } = await lateProvider(3_000);
    const place = await sendingPlace(3);
    const run = place.start([...SEND, '--json'], env);
    await expect.poll(() => seen.requests).toBe(3);
    rmSync(place.ledger);
    run.process.kill('SIGINT');
    await run.says('Stopping');
    const end = await run.ended;
    expect(end.json, end.said).toMatchObject({ exitCode: 130, halted: { code: 'halt.ledger-saved' } });
    renameSync(place.path('plazcast.db.saved.db'), place.ledger);
    expect((await place.json(SEND, env)).json).toMatchObject({ counts: { accepted: 3 }, run: { sent: 0 } });
  });

  test('of several campaigns the rest do not begin', async () => {
    const place = await sendingPlace(PEOPLE, { rate: '20/s' });
    place.write('news/campaign.yaml', place.read('sale/campaign.yaml').replace('name: sale', 'name: news'));
    place.write('news/recipients.csv', place.read('sale/recipients.csv'));
    const run = place.start(['send', 'sale', 'news', '--yes', '--json']);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(4);
    rmSync(place.ledger);
    const end = await run.ended;
    expect(end.code, end.said).toBe(3);
    expect(end.json['campaigns']).toMatchObject([{ campaign: 'sale' }]);
    expect(readdirSync(place.folder).filter((name) => name.includes('saved'))).toHaveLength(1);
  });

  test('says it in Spanish, with where it is saved', async () => {
    const place = await sendingPlace(PEOPLE, { rate: '20/s' });
    const run = place.start([...SEND, '--lang', 'es']);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(4);
    rmSync(place.ledger);
    expect((await run.ended).stdout).toContain(`se guardó en ${place.path('plazcast.db.saved.db')}`);
  });
});
