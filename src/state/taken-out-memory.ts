import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ActionMark } from '../core/known-ledger.js';
import type { Result } from '../core/problem.js';
import { readStateFile, type StateRead, writeStateFile } from './state-file.js';

/** Where the state folder remembers the last action that took people of a workspace out of a ledger. */
export function takenOutFile(stateDir: string, ledgerId: string, workspace: string): string {
  const name = createHash('sha256').update(`${ledgerId}\n${workspace}`).digest('hex').slice(0, 32);
  return join(stateDir, 'taken-out', `${name}.json`);
}

/** Which one it is. */
export function readTakenOut(file: string): StateRead<ActionMark> {
  return readStateFile(file, markOf);
}

/** Remembers it, durably. Problem: `state.unwritable`. */
export function writeTakenOut(file: string, { id, at }: ActionMark): Result<null, 'state.unwritable'> {
  return writeStateFile(file, `${JSON.stringify({ action: id, at })}\n`);
}

function markOf(value: unknown): ActionMark | null {
  if (typeof value !== 'object' || value === null) return null;
  const { action: id, at } = value as Readonly<Record<string, unknown>>;
  return isNumber(id) && isNumber(at) ? { id, at } : null;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
