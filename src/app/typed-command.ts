import { isAbsolute, relative, sep } from 'node:path';
import { shellWord } from '../core/harmless.js';
import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { App } from './app.js';
import { shownPath } from './shown-path.js';
import { SANDBOX_WORKSPACE } from './workspace.js';

/** Where a command is typed, and how plazcast is started there. */
export type TypingPlace = Pick<App, 'cwd' | 'ledgerFile' | 'usualLedgerFile' | 'invocation'>;

/**
 * A command about what a workspace has in the ledger, ready to be pasted into a shell in this folder.
 *
 * @param words as a shell reads them
 */
export function typedCommand(words: readonly string[], workspace: string, place: TypingPlace): string {
  const { invocation, cwd, ledgerFile, usualLedgerFile } = place;
  const options = [
    ...(workspace === SANDBOX_WORKSPACE ? ['--sandbox'] : []),
    ...(usualLedgerFile === ledgerFile ? [] : [ledgerOption(ledgerFile, cwd)]),
  ];
  return [invocation, ...words, ...options].join(' ');
}

/** The option that names a ledger: below the folder `cwd` by its relative path, else by the whole one. */
export function ledgerOption(file: string, cwd: string): string {
  if (isDatabaseAddress(file)) return `--ledger ${shellWord(file)}`;
  return `--ledger ${typedWord(shownPath(file, cwd))}`;
}

/** A path as a person in the folder `cwd` types it: the shorter of relative and whole, as a shell reads one word. */
export function typedPath(path: string, cwd: string): string {
  const near = relative(cwd, path) || '.';
  return typedWord(isAbsolute(near) || near.length > path.length ? path : near);
}

function typedWord(path: string): string {
  // Windows takes either slash, and a backslash means something to other shells.
  const word = path.split(sep).join('/');
  return shellWord(word.startsWith('-') ? `./${word}` : word);
}

/** The same for a campaign file: its folder stands for it. */
export function typedCampaign(file: string, cwd: string): string {
  return typedPath(file.replace(/[/\\]campaign\.yaml$/u, '') || sep, cwd);
}
