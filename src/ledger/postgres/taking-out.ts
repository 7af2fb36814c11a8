import type { Sql } from './database.js';

/**
 * To be taken first by whoever takes people out or brings them back: suppressions, a cancel or resume, an
 * erasure, an opt-out. Waits for the claims that began before; later ones wait for the end of this transaction and see
 * what it did. Never after `AWAIT_TAKING_OUT` in the same transaction: two that did so would wait for each other.
 */
export async function lockTakingOut(sql: Sql): Promise<void> {
  await sql.run(`SELECT ${LOCK_TAKING_OUT}`);
}

/** The same within a statement that the schema keeps. */
export const LOCK_TAKING_OUT = 'FROM taking_out FOR UPDATE';

/** To be taken first by a claim: nothing is claimed past a taking-out that has finished. Claims do not wait for each other. */
export const AWAIT_TAKING_OUT = 'FROM taking_out FOR SHARE';
