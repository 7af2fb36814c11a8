import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { backedUp, emptyDatabase } from '../support/postgres/database.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import { sendingPlace } from '../support/sending-place.js';

describe('a ledger in PostgreSQL', () => {
  test('is made by the first send, and holds what it did', async () => {
    const address = await emptyDatabase();
    const place = await sendingPlace(3);
    const env = { PLAZCAST_LEDGER: address };
    const sent = await place.json(['send', 'sale', '--yes'], env);
    expect([sent.code, sent.json]).toMatchObject([0, { counts: { accepted: 3 } }]);
    const again = await place.json(['send', 'sale', '--yes'], env);
    expect([again.code, again.json]).toMatchObject([0, { counts: { accepted: 3 }, run: { sent: 0 } }]);
    const status = await place.json(['status'], env);
    expect(status.code).toBe(0);
    expect(status.stdout + sent.stdout + sent.stderr).not.toContain(new URL(address).password);
  });

  test('is named in commands to be typed where it was named, with the password of the environment', async () => {
    const address = await emptyDatabase();
    const place = await sendingPlace(2);
    const env = { PLAZCAST_LEDGER: address };
    await place.run(['send', 'sale', '--yes', '--limit', '1'], env);
    const { username, host, pathname } = new URL(address);
    const named = `postgres://${username}@${host}${pathname}`;
    expect((await place.run(['status', 'sale'], env)).stdout).not.toContain('--ledger');
    expect((await place.run(['status', 'sale', '--ledger', named], env)).stdout).toContain(
      `--ledger ${named}`,
    );
  });

  test('that was restored from a backup is refused on every machine, and where somebody was taken out since', async () => {
    const address = await emptyDatabase();
    const place = await sendingPlace(2);
    const env = { PLAZCAST_LEDGER: address };
    const send = async (...more: readonly string[]) => {
      const { code, json } = await place.json(['send', 'sale', '--yes', ...more], { ...env, ...elsewhere });
      return code === 0 ? [] : (json['problems'] as readonly { code: string }[]).map((one) => one.code);
    };
    let elsewhere = {};
    await place.run(['suppress', 'add', '+51999999999'], env);
    const restore = await backedUp(address);
    expect((await place.run(['suppress', 'add', '+51910000000'], env)).code).toBe(0);
    await restore();
    expect(await send()).toEqual(['ledger.behind-taken-out']);
    expect(await send('--accept-ledger')).toEqual(['ledger.db-failover']);
    elsewhere = { PLAZCAST_STATE_DIR: place.path('other-machine') };
    expect(await send()).toEqual(['ledger.db-failover']);
    elsewhere = {};
    expect(countExecutions(place.logFile)).toBe(0);
    expect(await send('--accept-ledger', '--accept-failover')).toEqual([]);
    expect(await send()).toEqual([]);
    expect(countExecutions(place.logFile)).toBe(2);
  });

  test('has the moments of its server, however a machine’s clock is set', async () => {
    const address = await emptyDatabase();
    const place = await sendingPlace(2);
    const machine = { name: 'fast', bootId: 'b', clockOffsetMs: 3_600_000 };
    const preload = pathToFileURL(resolve('test/chaos/machine-preload.mjs')).href;
    const env = {
      PLAZCAST_LEDGER: address,
      NODE_OPTIONS: `--import ${preload}`,
      CHAOS_MACHINE: JSON.stringify(machine),
    };
    expect(await place.start(['send', 'sale', '--yes'], env).ended).toMatchObject({ code: 0 });
    await rawlyAt(
      address,
      `DO $$ BEGIN ASSERT (SELECT count(*) = 2 AND bool_and(abs(extract(epoch FROM clock_timestamp()) - started_at / 1000) < 1800)
         FROM plazcast.attempts); END $$`,
    );
  });
});
