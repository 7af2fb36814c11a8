import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { emptyDatabase } from '../support/postgres/database.js';
import { type CliEnd, campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const SEND = ['send', 'sale', '--yes'];

/** What was refused, by its codes; the command must have sent nothing and say so in both languages. */
async function refusedWith(
  place: SendingPlace,
  args: readonly string[],
  cwd?: string,
): Promise<CliEnd & { readonly codes: readonly string[] }> {
  const before = countExecutions(place.logFile);
  const end = await place.run([...args, '--json'], {}, cwd);
  expect(end.code, end.said).toBe(2);
  expect(countExecutions(place.logFile)).toBe(before);
  const problems = end.json['problems'] as readonly { readonly code: string }[];
  return { ...end, codes: problems.map(({ code }) => code) };
}

function mostPerPerson(place: SendingPlace): number {
  return Math.max(...executionsByPhone(place.logFile).values());
}

describe('another ledger', () => {
  test('that the same command would make in another folder is refused: nobody gets it twice, none is left', async () => {
    const place = await sendingPlace(4);
    expect((await place.run(SEND)).code).toBe(0);
    const elsewhere = join(place.folder, '..', 'elsewhere');
    mkdirSync(elsewhere);
    const { codes, stderr } = await refusedWith(place, ['send', place.path('sale'), '--yes'], elsewhere);
    expect(codes).toEqual(['ledger.another']);
    expect(stderr).toContain(`--ledger ${place.ledger}`);
    expect(readdirSync(elsewhere)).toEqual([]);
    const spanish = await place.run(['send', place.path('sale'), '--yes', '--lang', 'es'], {}, elsewhere);
    expect(spanish.stderr).toContain('se envió desde otro registro');
  });

  test('that exists already is refused, and --accept-ledger is needed once', async () => {
    const place = await sendingPlace(2);
    await place.run(SEND);
    const other = ['--ledger', 'other.db'];
    await place.run(['suppress', 'add', '+51999999999', ...other]);
    expect((await refusedWith(place, [...SEND, ...other])).codes).toEqual(['ledger.another']);
    const accepted = await place.run([...SEND, ...other, '--accept-ledger']);
    expect(accepted.code, accepted.said).toBe(0);
    expect(countExecutions(place.logFile)).toBe(4);
    expect((await place.run([...SEND, ...other])).code).toBe(0);
    expect((await refusedWith(place, SEND)).codes).toEqual(['ledger.another']);
  });

  test('that was accepted, but from which nothing left, makes nobody forget the one that was sent from', async () => {
    const place = await sendingPlace(2);
    await place.run(SEND);
    place.write('sale/campaign.yaml', campaignYaml({ schedule: '{ notBefore: 2099-01-01T09:00 }' }));
    const accepted = await place.run([...SEND, '--ledger', 'other.db', '--accept-ledger', '--no-wait']);
    expect(accepted.code, accepted.said).toBe(3);
    place.write('sale/campaign.yaml', campaignYaml());
    expect((await refusedWith(place, [...SEND, '--ledger', 'third.db'])).codes).toEqual(['ledger.another']);
    expect((await place.run(SEND)).code).toBe(0);
    expect(countExecutions(place.logFile)).toBe(2);
  });

  test('in the place of one that was deleted is refused, and told where that lay', async () => {
    const place = await sendingPlace(2);
    await place.run(SEND);
    for (const name of readdirSync(place.folder).filter((file) => file.startsWith('plazcast.db')))
      rmSync(place.path(name));
    const { codes, stderr } = await refusedWith(place, SEND);
    expect(codes).toEqual(['ledger.another-gone']);
    expect(stderr).toContain('no longer there');
    expect(existsSync(place.ledger)).toBe(false);
  });

  test('may begin with a campaign that was never sent, and with the same campaign of another sender', async () => {
    const place = await sendingPlace(2);
    await place.run(SEND);
    place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
    place.write('news/recipients.csv', recipientsCsv(2));
    expect((await place.run(['send', 'news', '--yes', '--ledger', 'other.db'])).code).toBe(0);
    const another = { PLAZBOT_WORKSPACE_ID: 'workspace-of-somebody-else' };
    expect((await place.run([...SEND, '--ledger', 'other.db'], another)).code).toBe(0);
  });
});

describe('a ledger that is behind', () => {
  test('because an older backup was put back is refused; with --accept-ledger it is the one', async () => {
    const place = await sendingPlace(6);
    await place.run([...SEND, '--limit', '2']);
    await place.run(['backup', 'backup.db']);
    await place.run(SEND);
    copyFileSync(place.path('backup.db'), place.ledger);
    const { codes, stderr } = await refusedWith(place, SEND);
    expect(codes).toEqual(['ledger.behind']);
    expect(stderr).toContain('plazcast reconcile sale --audit');
    expect((await place.run([...SEND, '--accept-ledger', '--limit', '1'])).code).toBe(0);
    expect((await place.run([...SEND, '--limit', '1'])).code).toBe(0);
  });

  test('names the folder of a campaign that it does not know in a command that can be pasted', async () => {
    const place = await sendingPlace(1);
    place.write('spring sale/campaign.yaml', campaignYaml({ name: 'spring' }));
    place.write('spring sale/recipients.csv', recipientsCsv(1));
    await place.run(SEND);
    await place.run(['backup', 'backup.db']);
    const send = ['send', 'spring sale', '--yes'];
    await place.run(send);
    copyFileSync(place.path('backup.db'), place.ledger);
    const { stderr } = await refusedWith(place, send);
    expect(stderr).toMatch(/: plazcast reconcile "spring sale" --audit$/mu);
    const { said } = await place.run([...send, '--lang', 'es']);
    expect(said).toMatch(/: plazcast reconcile "spring sale" --audit$/mu);
  });

  test('is not, when the backup that was put back holds everything', async () => {
    const place = await sendingPlace(4);
    await place.run([...SEND, '--limit', '2']);
    await place.run(['backup', 'backup.db']);
    renameSync(place.path('backup.db'), place.ledger);
    expect((await place.run(SEND)).code).toBe(0);
    expect([countExecutions(place.logFile), mostPerPerson(place)]).toEqual([4, 1]);
  });

  test('because its -wal was lost after a kill is refused, however early the kill', async () => {
    for (const atLeast of [1, 12]) {
      const place = await sendingPlace(61, { rate: '40/s' });
      const run = place.start(SEND);
      await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThanOrEqual(atLeast);
      run.process.kill('SIGKILL');
      await run.ended;
      for (const ending of ['-wal', '-shm']) rmSync(`${place.ledger}${ending}`);
      await refusedWith(place, SEND);
      expect(mostPerPerson(place)).toBe(1);
    }
  });

  test('is not, after a kill that took nothing away', async () => {
    const place = await sendingPlace(61, { rate: '200/s' });
    const run = place.start(SEND);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(5);
    run.process.kill('SIGKILL');
    await run.ended;
    const rest = await place.run(SEND);
    expect([0, 1], rest.said).toContain(rest.code);
    expect(mostPerPerson(place)).toBe(1);
  });

  test('because another state of it was sent from meanwhile is refused, although it got as far', async () => {
    const place = await sendingPlace(6);
    await place.run([...SEND, '--limit', '2']);
    copyFileSync(place.ledger, place.path('copy.db'));
    await place.run([...SEND, '--limit', '2']);
    const copy = [...SEND, '--ledger', 'copy.db'];
    const { codes, stderr } = await refusedWith(place, copy);
    expect(codes).toEqual(['ledger.behind-of']);
    expect(stderr).toContain('--ledger plazcast.db');
    expect((await place.run([...copy, '--limit', '2', '--accept-ledger'])).code).toBe(0);
    // Both hold a fourth attempt by now, and not the same.
    expect((await refusedWith(place, SEND)).codes).toEqual(['ledger.behind-of']);
  });
});

describe('the same ledger', () => {
  test('under another name is the same', async () => {
    const place = await sendingPlace(4);
    await place.run([...SEND, '--limit', '2']);
    renameSync(place.ledger, place.path('renamed.db'));
    expect((await place.run([...SEND, '--ledger', 'renamed.db'])).code).toBe(0);
    expect([countExecutions(place.logFile), mostPerPerson(place)]).toEqual([4, 1]);
  });

  test('beside the one that was sent from is a copy, and refused', async () => {
    const place = await sendingPlace(4);
    await place.run([...SEND, '--limit', '2']);
    copyFileSync(place.ledger, place.path('copy.db'));
    const { codes, stderr } = await refusedWith(place, [...SEND, '--ledger', 'copy.db']);
    expect(codes).toEqual(['ledger.copy']);
    expect(stderr).toContain('--ledger plazcast.db');
  });

  test('with two names is refused: what was written last lies beside one of them', async () => {
    const place = await sendingPlace(2);
    await place.run([...SEND, '--limit', '1']);
    linkSync(place.ledger, place.path('linked.db'));
    for (const ledger of ['linked.db', 'plazcast.db']) {
      const { codes } = await refusedWith(place, [...SEND, '--ledger', ledger]);
      expect(codes).toEqual(['ledger.several-names']);
    }
    const check = await place.run(['check', 'sale', '--lang', 'es']);
    expect([check.code, check.stderr]).toEqual([2, expect.stringContaining('enlace duro')]);
    rmSync(place.ledger);
    expect((await place.run([...SEND, '--ledger', 'linked.db'])).code).toBe(0);
  });

  test('needs no --accept-ledger, and says so', async () => {
    const place = await sendingPlace(2);
    for (const people of ['1', '2']) {
      const end = await place.run([...SEND, '--limit', people, '--accept-ledger']);
      expect([end.code, end.stderr]).toEqual([0, expect.stringContaining('--accept-ledger was not needed')]);
    }
    const spanish = await place.run([...SEND, '--accept-ledger', '--lang', 'es']);
    expect([spanish.code, spanish.stderr]).toEqual([0, expect.stringContaining('no hacía falta')]);
  });
});

describe('the sandbox', () => {
  test('is refused in no ledger, and leaves nothing to remember', async () => {
    const place = await sendingPlace(2);
    for (const ledger of ['one.db', 'two.db'])
      expect((await place.run([...SEND, '--sandbox', '--ledger', ledger])).code).toBe(0);
    expect(existsSync(join(place.stateDir, 'ledgers'))).toBe(false);
    expect((await place.run([...SEND, '--ledger', 'three.db'])).code).toBe(0);
    expect((await place.run([...SEND, '--sandbox', '--ledger', 'four.db'])).code).toBe(0);
    expect(readdirSync(join(place.stateDir, 'ledgers'))).toHaveLength(1);
  });

  test('needs no home', async () => {
    const place = await sendingPlace(1);
    const homeless = { PLAZCAST_STATE_DIR: '', HOME: 'nowhere' };
    expect((await place.run([...SEND, '--sandbox'], homeless)).code).toBe(0);
  });
});

describe('retry', () => {
  test('puts nobody back when the send behind it would be refused', async () => {
    const place = await sendingPlace(2);
    await place.run([...SEND, '--limit', '1']);
    await place.run(['backup', 'backup.db']);
    await place.run(SEND);
    copyFileSync(place.path('backup.db'), place.ledger);
    const { codes } = await refusedWith(place, ['retry', 'sale', '--yes']);
    expect(codes).toEqual(['ledger.behind']);
    const { json } = await place.run(['retry', 'sale', '--yes', '--json', '--requeue-only']);
    expect(json).toMatchObject({ requeued: 0, exitCode: 0 });
  });
});

describe('a ledger that was moved', () => {
  async function movedPlace() {
    const place = await sendingPlace(2);
    await place.run([...SEND, '--limit', '1']);
    const copied = await place.run(['ledger', 'copy', place.ledger, place.path('moved.db')]);
    expect(copied.code, copied.said).toBe(0);
    return place;
  }

  test('is called so by check, as by send, whatever was done with the other one since', async () => {
    const place = await movedPlace();
    await place.run(['suppress', 'add', '+51999999999', '--ledger', place.path('moved.db')]);
    expect((await refusedWith(place, SEND)).codes).toEqual(['ledger.moved']);
    const checked = await place.run(['check', 'sale']);
    expect(checked.code).toBe(2);
    expect(checked.said).toContain(`was moved to ${place.path('moved.db')}`);
    expect(checked.said).not.toContain('is older than');
    const other = await place.run(['check', 'sale', '--ledger', place.path('moved.db')]);
    expect(other.code, other.said).toBe(0);
  });

  test('is read by status, which says where it went, and names nothing to type that would be refused', async () => {
    const place = await movedPlace();
    const one = await place.run(['status', 'sale']);
    const all = await place.run(['status']);
    for (const { code, stdout } of [one, all]) {
      expect(code).toBe(0);
      expect(stdout).toContain('accepted');
      expect(stdout).toContain(`was moved to ${place.path('moved.db')}`);
      expect(stdout).not.toContain('Next: ');
      expect(stdout).not.toContain('plazcast reconcile');
    }
    const { json } = await place.run(['status', 'sale', '--json']);
    expect(json).toMatchObject({ next: null, list: { command: null } });
    const other = await place.run(['status', 'sale', '--ledger', place.path('moved.db')]);
    expect(other.stdout).not.toContain('was moved');
    expect(other.stdout).toContain('Next: ');
  });

  test('is told to programs, too, of one campaign and of all', async () => {
    const place = await movedPlace();
    const moved = { code: 'ledger.moved', to: place.path('moved.db') };
    const message = expect.stringContaining(`was moved to ${moved.to}`);
    for (const words of [['sale'], []]) {
      const { code, json } = await place.json(['status', ...words]);
      expect([code, json]).toMatchObject([0, { moved: { ...moved, message }, exitCode: 0 }]);
      const other = await place.json(['status', ...words, '--ledger', moved.to]);
      expect(other.json).toMatchObject({ moved: null });
    }
  });

  test('in which a campaign is paused names no resuming, which is refused there', async () => {
    const place = await sendingPlace(2);
    await place.run([...SEND, '--limit', '1']);
    await place.run(['pause', 'sale']);
    expect((await place.run(['status', 'sale'])).stdout).toContain('Paused. To go on: plazcast resume sale');
    await place.run(['ledger', 'copy', place.ledger, place.path('moved.db')]);
    for (const words of [['sale'], []]) {
      const { stdout } = await place.run(['status', ...words]);
      expect(stdout).toMatch(/Paused\.$/mu);
      expect(stdout).not.toContain('plazcast resume');
      expect((await place.run(['status', ...words, '--lang', 'es'])).stdout).toMatch(/En pausa\.$/mu);
    }
  });

  test('in PostgreSQL is called so by status and check, and read as before', async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    const place = await sendingPlace(2);
    const env = { PLAZCAST_LEDGER: from };
    await place.run([...SEND, '--limit', '1'], env);
    await place.run(['pause', 'sale'], env);
    const copied = await place.run(['ledger', 'copy', from, to]);
    expect(copied.code, copied.said).toBe(0);
    const where = `was moved to ${to.replace(/:[^:@/]+@/u, '@')}`;
    const status = await place.run(['status', 'sale'], env);
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining(where)]);
    expect(status.stdout).toMatch(/ 1 {2}accepted[\s\S]*Paused\.$/mu);
    const { json } = await place.json(['status', 'sale'], env);
    expect(json).toMatchObject({ counts: { accepted: 1, pending: 1 }, next: null });
    expect(json['moved']).toMatchObject({ message: expect.stringContaining(where) });
    const checked = await place.run(['check', 'sale'], env);
    expect([checked.code, checked.said]).toEqual([2, expect.stringContaining(where)]);
    expect(checked.said + status.said + JSON.stringify(json)).not.toContain(new URL(to).password);
  });
});
