import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { HeldLock, LockHolder } from '../core/ledger/locks.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { Sentence } from '../locales/index.js';
import type { App } from './app.js';
import { SANDBOX_WORKSPACE } from './workspace.js';

/** What a run locks: its campaign in this ledger, and its sender on this machine. */
export interface LockPlaces {
  readonly campaign: string;
  readonly sender: string;
}

/** Where the locks of a campaign and of its sender lie. */
export function lockPlaces(
  ledgerFile: string,
  stateDir: string,
  campaign: { readonly workspace: string; readonly name: string },
  sender: string,
): LockPlaces {
  const id = createHash('sha256')
    .update(`${campaign.workspace}\n${campaign.name}`)
    .digest('hex')
    .slice(0, 12);
  return { campaign: `${ledgerFile}.${id}.lock`, sender: join(stateDir, `sender-${sender}.lock`) };
}

/** Takes both locks, or those asked for, or says who holds one of them. Nothing is held when it fails. */
export async function takeLocks(
  { ledgers, clock, process }: Pick<App, 'ledgers' | 'clock' | 'process'>,
  places: LockPlaces,
  campaign: string,
  asked: readonly (keyof LockPlaces)[] = ['campaign', 'sender'],
): Promise<Result<readonly HeldLock[]>> {
  const at = clock.now();
  const holder: LockHolder = { ...process, campaign, since: at };
  const held: HeldLock[] = [];
  for (const which of asked) {
    const taken = await ledgers.locks.take(places[which], holder);
    if (taken.ok && taken.value.kind === 'held') {
      held.push(taken.value.lock);
      continue;
    }
    for (const lock of held) lock.release();
    return taken.ok ? failed({ code: `lock.${which}`, params: paramsOf(taken.value, campaign, at) }) : taken;
  }
  return ok(held);
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
  { environment, ledgerFile }: Pick<App, 'environment' | 'ledgerFile'>,
  workspace: string,
): Result<string> {
  if (environment.stateDir !== null) return ok(environment.stateDir);
  if (workspace === SANDBOX_WORKSPACE) return ok(dirname(ledgerFile));
  return failed({ code: 'environment.no-state-folder' });
}
