import { relative } from 'node:path';
import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { App } from '../app.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** What decides about the next step. */
export interface NextStepFacts {
  readonly record: Pick<CampaignRecord, 'name' | 'workspace' | 'file' | 'control'>;
  readonly counts: Counts;
  readonly running: boolean;
  /** Milliseconds since people were last refused "for now" (131049); null when nobody was. */
  readonly notNowForMs: number | null;
}

/** How long to leave people alone of whom WhatsApp said "not now": what the advice about them says. */
const NOT_NOW_MS = 24 * 3_600_000;

/** The command to type next, ready to be pasted into a shell in this folder; null when there is nothing to do. */
export function nextCommand(
  { record, counts, running, notNowForMs }: NextStepFacts,
  place: Place,
): string | null {
  const { name, workspace, file, control } = record;
  const { cwd } = place;
  const command = (...words: readonly string[]): string => typedCommand(words, workspace, place);
  if (control === 'paused') return command('resume', name);
  if (running) return command('status', name, '--watch');
  if (control === 'canceled' && counts.sending === 0) return counts.recipients > 0 ? reportCommand() : null;
  if (counts.sending > 0 || counts.pending > 0) return command('send', quoted(shortest(file, cwd)));
  if (counts.uncertain > 0) return command('reconcile', name);
  if (counts.exhausted > 0) return command('retry', name, '--status', 'exhausted');
  if (counts.refused > 0 && notNowForMs !== null && notNowForMs >= NOT_NOW_MS)
    return command('retry', name, '--code', '131049');
  // The refusal stands until something changes: who they are comes before another try.
  if (counts.refused > 0) return command('report', name, '--status', 'refused');
  if (counts.failed > 0) return command('reconcile', name, '--audit');
  return counts.recipients > 0 ? reportCommand() : null;

  function reportCommand(): string {
    return command('report', name, '--format', 'html');
  }
}

/** Where a command is typed. */
type Place = Pick<App, 'cwd' | 'ledgerFile' | 'usualLedgerFile'>;

/** A command about a campaign of this workspace, with the options that it needs here. */
export function typedCommand(
  words: readonly string[],
  workspace: string,
  { cwd, ledgerFile, usualLedgerFile }: Place,
): string {
  const options = [
    ...(workspace === SANDBOX_WORKSPACE ? ['--sandbox'] : []),
    ...(usualLedgerFile === ledgerFile ? [] : ['--ledger', quoted(shortest(ledgerFile, cwd))]),
  ];
  return ['plazcast', ...words, ...options].join(' ');
}

/** Below the working directory the relative path, else the whole one. A campaign file stands for its folder. */
function shortest(path: string, cwd: string): string {
  const folder = path.replace(/[/\\]campaign\.yaml$/u, '');
  const near = relative(cwd, folder);
  return near === '' || near.startsWith('..') ? folder : near;
}

/** A path as an option's value: short, and as a shell reads one word. */
export function typedPath(path: string, cwd: string): string {
  return quoted(shortest(path, cwd));
}

/** As a shell reads one word: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
