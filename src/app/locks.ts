import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Ledger } from '../core/ledger/ledger.js';
import type { HeldLock, LockHolder } from '../core/ledger/locks.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { Sentence } from '../locales/index.js';
import type { App } from './app.js';
import { SANDBOX_WORKSPACE } from './workspace.js';

/** What a run locks: its campaign in this ledger, and its sender. */
export interface LockPlaces {
  /** Files on this machine. */
  readonly campaign: string;
  readonly sender: string;
  /** Names in a ledger that machines share. */
  readonly shared: Readonly<Record<Lockable, string>>;
}

/** What can be locked. */
export type Lockable = 'campaign' | 'sender';

/** Where the locks of a campaign and of its sender lie. */
export function lockPlaces(
  besideLedger: string,
  stateDir: string,
  campaign: { readonly workspace: string; readonly name: string },
  sender: string,
): LockPlaces {
  const id = createHash('sha256')
    .update(`${campaign.workspace}\n${campaign.name}`)
    .digest('hex')
    .slice(0, 12);
  return {
    campaign: `${besideLedger}.${id}.lock`,
    sender: join(stateDir, `sender-${sender}.lock`),
    shared: { campaign: `campaign-${id}`, sender: `sender-${sender}` },
  };
}

/**
 * Takes both locks, or those asked for, or says who holds one of them. Nothing is held when it fails. A sender is locked on
 * this machine, too, where the ledger is shared: another ledger may be sent from here.
 *
 * @param ledger null: there is none yet
 */
export async function takeLocks(
  { ledgers, clock, process }: Pick<App, 'ledgers' | 'clock' | 'process'>,
  ledger: Pick<Ledger, 'sharedLocks'> | null,
  places: LockPlaces,
  campaign: string,
  asked: readonly Lockable[] = ['campaign', 'sender'],
): Promise<Result<readonly HeldLock[]>> {
  const at = clock.now();
  const holder: LockHolder = { ...process, campaign, since: at };
  const shared = ledger?.sharedLocks ?? null;
  const held: HeldLock[] = [];
  for (const which of asked) {
    const takes = [
      ...(shared === null || which === 'sender' ? [() => ledgers.locks.take(places[which], holder)] : []),
      ...(shared === null ? [] : [() => shared.take(places.shared[which], holder)]),
    ];
    for (const take of takes) {
      const taken = await take();
      if (taken.ok && taken.value.kind === 'held') {
        held.push(taken.value.lock);
        continue;
      }
      await releaseLocks(held);
      return taken.ok
        ? failed({ code: `lock.${which}`, params: paramsOf(taken.value, campaign, at) })
        : failed(
            ...taken.problems.map((problem) => (which === 'campaign' ? besideLedger(problem) : problem)),
          );
    }
  }
  return ok(held);
}

/** A campaign's lock lies beside its ledger: no other state folder would help. */
function besideLedger(problem: Problem): Problem {
  return problem.code === 'lock.unwritable' ? { ...problem, code: 'lock.unwritable-beside' } : problem;
}

/** Gives locks back. */
export async function releaseLocks(held: readonly HeldLock[]): Promise<void> {
  for (const lock of held) await lock.release();
}

/** Who holds one of the locks, for people; null: nobody. */
export function lockHolder(
  { ledgers }: Pick<App, 'ledgers'>,
  { sharedLocks }: Pick<Ledger, 'sharedLocks'>,
  places: LockPlaces,
  which: Lockable,
): Promise<LockHolder | null> {
  return sharedLocks === null
    ? ledgers.locks.holder(places[which])
    : sharedLocks.holder(places.shared[which]);
}

function paramsOf(
  taken: { readonly kind: string; readonly holder?: LockHolder | null },
  campaign: string,
  at: number,
): Sentence<'lock.sender'>['params'] {
  const holder = taken.holder ?? null;
  return {
    campaign: holder?.campaign ?? campaign,
    pid: holder === null ? '?' : String(holder.pid),
    host: holder?.host ?? '?',
    since: holder?.since ?? at,
  };
}

/**
 * The folder for locks and memories; a problem where none can be found. What is sent to the sandbox of a ledger needs
 * none: its locks matter to that ledger alone.
 */
export function stateDirOf(
  { environment, besideLedger }: Pick<App, 'environment' | 'besideLedger'>,
  workspace: string,
): Result<string> {
  if (environment.stateDir !== null) return ok(environment.stateDir);
  if (workspace === SANDBOX_WORKSPACE) return ok(dirname(besideLedger));
  return failed({ code: 'environment.no-state-folder' });
}
