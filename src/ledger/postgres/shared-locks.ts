import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { HeldLock, LockHolder, Locks, LockTaken } from '../../core/ledger/locks.js';
import { ok } from '../../core/problem.js';
import type { Database, Sql } from './database.js';
import { Lease, type LeaseTerms } from './lease.js';
import { LEASE_END, type LeaseKeeper } from './lease-keeper.js';

/** How often somebody who is in the way is looked at. */
const LOOK_EVERY_MS = 250;

/**
 * Locks that machines share: a row each, which its holder renews. Whoever died renews nothing, and is taken over from when
 * the lease and the margin are over by the database's clock.
 */
export function sharedLocksIn(db: Database, keeper: LeaseKeeper): Locks {
  return {
    take: async (name, holder) => ok(await take(db, keeper, name, holder)),
    holder: async (name) => {
      const held = await db.row<{ holder: string }>(HOLDER, { name });
      return held === undefined ? null : (JSON.parse(held.holder) as LockHolder);
    },
  };
}

/** Somebody who is in the way. */
interface InTheWay {
  readonly token: string;
  readonly holder: string;
  /** Until the lease and the margin are over. */
  readonly leftMs: number;
}

/** Waits for a holder that shows no sign of life; who renews is alive, and turns others away. */
async function take(db: Database, keeper: LeaseKeeper, name: string, holder: LockHolder): Promise<LockTaken> {
  let first: InTheWay | null = null;
  for (;;) {
    const token = randomUUID();
    const lease = new Lease(keeper.terms);
    const asked = lease.ask();
    const found = await db.transaction((sql) => takeIn(sql, keeper.terms, { name, token, holder }));
    if (found === null) {
      lease.renewed(asked);
      keeper.addLock(token, lease);
      return { kind: 'held', lock: heldLock(db, keeper, token) };
    }
    const held = JSON.parse(found.holder) as LockHolder;
    const renewed = first !== null && (found.token !== first.token || found.leftMs > first.leftMs);
    if (renewed || keeper.hasLock(found.token)) return { kind: 'busy', holder: held };
    first = found;
    await wait(Math.min(LOOK_EVERY_MS, found.leftMs + 1));
  }
}

interface Wanted {
  readonly name: string;
  readonly token: string;
  readonly holder: LockHolder;
}

/**
 * null: it is taken. Who is in the way is only looked at: a lock on the row would keep its holder from renewing while this
 * machine is cut off. What is about to change hands is locked first, so that whoever writes under it has written by then.
 */
async function takeIn(
  sql: Sql,
  terms: LeaseTerms,
  { name, token, holder }: Wanted,
): Promise<InTheWay | null> {
  const { leaseMs, marginMs } = terms;
  const wanted = { name, token, holder: JSON.stringify(holder), leaseMs };
  const seen = await sql.row<InTheWay>(IN_THE_WAY, { name, marginMs });
  if (seen !== undefined && seen.leftMs > 0) return seen;
  const found = await sql.row<InTheWay>(`${IN_THE_WAY} FOR UPDATE`, { name, marginMs });
  if (found === undefined) {
    if ((await sql.run(ENTER, wanted)) === 1) return null;
    // Somebody else was first in this very moment.
    return takeIn(sql, terms, { name, token, holder });
  }
  if (found.leftMs > 0) return found;
  await sql.run(TAKE_OVER, wanted);
  return null;
}

function heldLock(db: Database, keeper: LeaseKeeper, token: string): HeldLock {
  return {
    release: async () => {
      keeper.dropLock(token);
      // Who cannot be told waits until the time is over.
      await db.run('DELETE FROM leases WHERE token = @token', { token }).catch(() => undefined);
    },
  };
}

const IN_THE_WAY = `
  SELECT token, holder, extract(epoch FROM until - clock_timestamp()) * 1000 + CAST(@marginMs AS double precision) AS "leftMs"
  FROM leases WHERE name = @name`;

const ENTER = `
  INSERT INTO leases (name, token, holder, until) VALUES (@name, @token, @holder, ${LEASE_END}) ON CONFLICT (name) DO NOTHING`;

const TAKE_OVER = `UPDATE leases SET token = @token, holder = @holder, until = ${LEASE_END} WHERE name = @name`;

const HOLDER = 'SELECT holder FROM leases WHERE name = @name AND until > clock_timestamp()';
