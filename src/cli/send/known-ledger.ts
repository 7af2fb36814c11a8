import { doubtAbout, type FileIdentity, type LedgerMemory } from '../../core/known-ledger.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, type Problem, type Result } from '../../core/problem.js';
import { FileWatch, fileIdentity } from '../../files/file-identity.js';
import { ledgerMemoryFile, readLedgerMemory } from '../../state/ledger-memory.js';
import { foretellStateFile, probeStateFile } from '../../state/state-file.js';
import type { Cli } from '../command.js';
import { stateDirOf } from '../state-dir.js';
import { typedPath } from '../status/next-command.js';
import type { Target } from '../target.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';

/** A ledger that a campaign of a sender is to be sent from. */
export interface LedgerQuestion {
  /** null: there is no ledger at `ledgerFile` yet. */
  readonly ledger: Ledger | null;
  /** Real path. */
  readonly ledgerFile: string;
  readonly stateDir: string;
  readonly sender: string;
  readonly campaign: CampaignKey;
  readonly cwd: string;
}

/** The question for a campaign that goes to `target`; null for the sandbox: nobody gets anything there. */
export function ledgerQuestion(
  ledger: Ledger | null,
  name: string,
  { baseUrl, workspace }: Pick<Target, 'baseUrl' | 'workspace'>,
  cli: Cli,
): LedgerQuestion | null {
  if (workspace === SANDBOX_WORKSPACE) return null;
  const { ledgerFile, cwd } = cli;
  const stateDir = stateDirOf(cli, workspace);
  const sender = senderOf(baseUrl, workspace);
  return { ledger, ledgerFile, stateDir, sender, campaign: { workspace, name }, cwd };
}

/** Where the state folder remembers the ledger of this campaign. */
export function memoryFileOf({ stateDir, sender, campaign }: LedgerQuestion): string {
  return ledgerMemoryFile(stateDir, sender, campaign.name);
}

/** Why `send` would refuse this ledger. Writes nothing. */
export async function foretoldRefusals(question: LedgerQuestion): Promise<readonly Problem[]> {
  const doubts = await doubtsAbout(question);
  const writable = foretellStateFile(memoryFileOf(question));
  return writable.ok ? doubts : [...doubts, ...writable.problems];
}

/**
 * Whether the campaign may be sent from this ledger; to be asked with the sender's lock held.
 *
 * @param accept somebody said that this is the ledger to go on with
 */
export async function allowLedger(
  question: LedgerQuestion,
  accept: boolean,
  { say, terminal }: Cli,
): Promise<Result<null>> {
  const doubts = await doubtsAbout(question);
  const standing = accept ? doubts.filter(({ code }) => code === 'state.unreadable') : doubts;
  if (standing.length > 0) return failed(...standing);
  if (accept && doubts.length === 0) {
    const params = { name: question.campaign.name, file: question.ledgerFile };
    terminal.aside(`${say('cli.note')} ${say('ledger.not-needed', params)}`);
  }
  return probeStateFile(memoryFileOf(question));
}

async function doubtsAbout(question: LedgerQuestion): Promise<readonly Problem[]> {
  const file = memoryFileOf(question);
  const { name } = question.campaign;
  const memory = readLedgerMemory(file);
  switch (memory.kind) {
    case 'none':
      return [];
    case 'damaged':
      return [{ code: 'ledger.memory-damaged', params: { file, name, ledger: question.ledgerFile } }];
    case 'unreadable':
      return [{ code: 'state.unreadable', params: { file, detail: memory.detail } }];
    case 'read':
      return doubtsFrom(memory.value, question);
  }
}

async function doubtsFrom(memory: LedgerMemory, question: LedgerQuestion): Promise<readonly Problem[]> {
  const { ledger, campaign, ledgerFile, cwd } = question;
  const { file, last } = memory;
  const elsewhere = file.path !== ledgerFile;
  const doubt = doubtAbout(memory, {
    ledgerId: ledger === null ? null : await ledger.identity.id(),
    holdsLast: ledger !== null && last !== null && (await ledger.identity.holdsAttempt(campaign, last)),
    isBesideOriginal: elsewhere && isOtherThan(file, ledgerFile),
  });
  if (doubt === null) return [];
  const isThere = elsewhere && fileIdentity(file.path) !== null;
  const params = {
    name: campaign.name,
    file: ledgerFile,
    right: file.path,
    option: `--ledger ${typedPath(file.path, cwd)}`,
  };
  if (doubt === 'copy') return [{ code: 'ledger.copy', params }];
  if (doubt === 'another') return [{ code: isThere ? 'ledger.another' : 'ledger.another-gone', params }];
  return [{ code: isThere ? 'ledger.behind-of' : 'ledger.behind', params }];
}

/** Whether the remembered file is still where it was, and `path` leads to another one. */
function isOtherThan(remembered: FileIdentity, path: string): boolean {
  if (!new FileWatch(remembered).isThere()) return false;
  const here = fileIdentity(path);
  return here?.inode !== remembered.inode || here.device !== remembered.device;
}
