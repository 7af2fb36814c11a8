import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { sendingPlace } from '../support/sending-place.js';

describe('without --ledger', () => {
  test('the nearest folder above that has one is used, by every command, and said once on stderr', async () => {
    const place = await sendingPlace(3);
    const below = place.path('sale');
    await place.run(['send', 'sale', '--yes', '--limit', '1']);
    const using = `Using the ledger ${place.ledger}: there is none in this folder.`;
    const rest = await place.run(['send', '.', '--yes', '--json'], {}, below);
    expect(rest.json, rest.said).toMatchObject({ counts: { accepted: 3 }, run: { sent: 2 } });
    expect(rest.stderr.split(using)).toHaveLength(2);
    for (const args of [
      ['status', 'sale'],
      ['report', 'sale', '-o', 'report.csv'],
      ['check', '.'],
      ['backup', 'b.db'],
    ]) {
      const end = await place.run(args, {}, below);
      expect([end.code, end.stderr], end.said).toEqual([0, expect.stringContaining(using)]);
      expect(end.stdout).not.toContain(using);
    }
    expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1]);
    expect(readdirSync(below).filter((name) => name.startsWith('plazcast.db'))).toEqual([]);
    const spanish = await place.run(['status', 'sale', '--lang', 'es'], {}, below);
    expect(spanish.stderr).toContain(`Se usa el registro ${place.ledger}`);
  });

  test('one in the working directory wins, and nothing is said', async () => {
    const place = await sendingPlace(1);
    await place.run(['suppress', 'add', '+51999999991']);
    const near = place.path('near');
    mkdirSync(near);
    await place.run(['suppress', 'add', '+51999999992', '--ledger', 'near/plazcast.db']);
    const list = await place.run(['suppress', 'list'], {}, near);
    expect(list.stdout).toContain('51999999992');
    expect(list.said).not.toContain('51999999991');
    expect(list.stderr).not.toContain('Using the ledger');
  });

  test('what is no file is none: a new one is made in the working directory', async () => {
    const place = await sendingPlace(1);
    mkdirSync(place.ledger);
    const below = place.path('below');
    mkdirSync(below);
    const end = await place.run(['suppress', 'add', '+51999999991'], {}, below);
    expect(end.code, end.said).toBe(0);
    expect(readdirSync(below)).toEqual(['plazcast.db']);
  });

  test('what needs no ledger says nothing of one', async () => {
    const place = await sendingPlace(1);
    await place.run(['suppress', 'add', '+51999999991']);
    const end = await place.run(['init', 'new'], {}, place.path('sale'));
    expect([end.code, end.stderr]).toEqual([0, '']);
  });

  test('the command to type next names the ledger only where it would be another one', async () => {
    const place = await sendingPlace(2);
    await place.run(['send', 'sale', '--yes', '--limit', '1']);
    const below = await place.run(['status', 'sale'], {}, place.path('sale'));
    expect(below.stdout).toContain('plazcast send');
    expect(below.stdout).not.toContain('--ledger');
    const elsewhere = join(place.folder, '..');
    const named = await place.run(['status', 'sale', '--ledger', place.ledger], {}, elsewhere);
    expect(named.stdout).toContain('--ledger work/plazcast.db');
  });
});

describe.skipIf(ON_WINDOWS)('a ledger that is reached through a link', () => {
  test('is locked where it lies: two operators with state folders of their own do not run at once', async () => {
    const place = await sendingPlace(1_000, { rate: '10/s' });
    mkdirSync(place.path('links'));
    symlinkSync(place.ledger, place.path('links', 'to-file.db'));
    symlinkSync(place.folder, place.path('links', 'to-folder'));
    const first = place.start(['send', 'sale', '--yes']);
    await expect.poll(() => countExecutions(place.logFile)).toBeGreaterThan(2);
    for (const ledger of ['links/to-file.db', 'links/to-folder/plazcast.db']) {
      const own = { PLAZCAST_STATE_DIR: place.path('..', 'other-state') };
      const second = await place.runProcess(['send', 'sale', '--yes', '--ledger', ledger], own);
      expect(second.code, second.said).toBe(4);
      expect(second.said).toContain(String(first.process.pid));
    }
    first.process.kill('SIGINT');
    await first.ended;
    expect(readdirSync(place.path('links')).toSorted()).toEqual(['to-file.db', 'to-folder']);
  });

  test('that leads to nothing yet is made where the link leads', async () => {
    const place = await sendingPlace(1);
    symlinkSync(place.path('..', 'real.db'), place.path('link.db'));
    for (const ledger of ['link.db', '../real.db']) {
      const end = await place.run(['send', 'sale', '--yes', '--ledger', ledger]);
      expect(end.code, end.said).toBe(0);
    }
    expect(countExecutions(place.logFile)).toBe(1);
  });
});
