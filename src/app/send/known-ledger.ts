import { doubtAbout, type FileIdentity, type LedgerMemory } from '../../core/known-ledger.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { takenOutDoubts } from '../actions/taken-out-memory.js';
import type { App } from '../app.js';
import { stateDirOf } from '../locks.js';
import type { MemoryPlace } from '../memories.js';
import { withLedger } from '../open-ledger.js';
import type { Target } from '../target.js';
import { ledgerOption, typedCampaign } from '../typed-command.js';
import { SANDBOX_WORKSPACE, senderOf } from '../workspace.js';

/** A ledger that a campaign of a sender is to be sent from. */
export interface LedgerQuestion {
  /** null: there is no ledger at `app.ledgerFile` yet. */
  readonly ledger: Ledger | null;
  readonly campaign: CampaignKey;
  /** Its file; null: not at hand. */
  readonly file: string | null;
  /** Where it is remembered which ledger sends this campaign. */
  readonly place: MemoryPlace;
}

/** The question for a campaign that goes to `target`; null for the sandbox: nobody gets anything there. */
export function ledgerQuestion(
  ledger: Ledger | null,
  { name, file }: { readonly name: string; readonly file: string | null },
  { baseUrl, workspace }: Pick<Target, 'baseUrl' | 'workspace'>,
  app: App,
): Result<LedgerQuestion | null> {
  if (workspace === SANDBOX_WORKSPACE) return ok(null);
  const stateDir = stateDirOf(app, workspace);
  if (!stateDir.ok) return stateDir;
  const place = { stateDir: stateDir.value, sender: senderOf(baseUrl, workspace), campaign: name };
  return ok({ ledger, campaign: { workspace, name }, file, place });
}

/** Why `send` would refuse this ledger. Writes nothing. */
export async function foretoldRefusals(question: LedgerQuestion, app: App): Promise<readonly Problem[]> {
  const doubts = await allDoubtsAbout(question, app);
  const writable = app.memories.foretell(question.place);
  return writable.ok ? doubts : [...doubts, ...writable.problems];
}

/** What is known of a ledger that a campaign may be sent from. */
export interface AllowedLedger {
  /** Somebody accepted it although it is older than what was sent. */
  readonly isBehind: boolean;
}

/**
 * Whether the campaign may be sent from this ledger; to be asked with the sender's lock held.
 *
 * @param accept somebody said that this is the ledger to go on with
 * @param notNeeded told when there was nothing to accept
 */
export async function allowLedger(
  question: LedgerQuestion,
  accept: boolean,
  app: App,
  notNeeded: () => void,
): Promise<Result<AllowedLedger>> {
  const doubts = await allDoubtsAbout(question, app);
  const standing = accept ? doubts.filter(({ code }) => code === 'state.unreadable') : doubts;
  if (standing.length > 0) return failed(...standing);
  if (accept && doubts.length === 0) notNeeded();
  const probed = app.memories.probe(question.place);
  return probed.ok ? ok({ isBehind: doubts.some(({ code }) => BEHIND.has(code)) }) : probed;
}

const BEHIND: ReadonlySet<string> = new Set(['ledger.behind', 'ledger.behind-of']);

async function allDoubtsAbout(question: LedgerQuestion, app: App): Promise<readonly Problem[]> {
  const doubts = await doubtsAbout(question, app);
  const { ledger, campaign } = question;
  return doubts.length > 0 || ledger === null ? doubts : takenOutDoubts(ledger, campaign, app);
}

async function doubtsAbout(question: LedgerQuestion, app: App): Promise<readonly Problem[]> {
  const { name } = question.campaign;
  const memory = app.memories.read(question.place);
  switch (memory.kind) {
    case 'none':
      return [];
    case 'damaged': {
      const params = { file: memory.file, name, ledger: app.ledgerFile };
      return [{ code: 'ledger.memory-damaged', params }];
    }
    case 'unreadable':
      return [{ code: 'state.unreadable', params: { file: memory.file, detail: memory.detail } }];
    case 'read':
      return doubtsFrom(memory.value, question, app);
  }
}

async function doubtsFrom(
  memory: LedgerMemory,
  question: LedgerQuestion,
  app: App,
): Promise<readonly Problem[]> {
  const { ledgerFile, cwd, files } = app;
  const { ledger, campaign } = question;
  const { file, last } = memory;
  const elsewhere = file.path !== ledgerFile;
  const doubt = doubtAbout(memory, {
    ledgerId: ledger === null ? null : await ledger.identity.id(),
    holdsLast: ledger !== null && last !== null && (await ledger.identity.holdsAttempt(campaign, last)),
    isBesideOriginal:
      elsewhere && isOtherThan(file, ledgerFile, files) && !(await hasMovedAway(file.path, app)),
  });
  if (doubt === null) return [];
  const isThere = elsewhere && files.at(file.path) !== null;
  const params = {
    name: campaign.name,
    file: ledgerFile,
    right: file.path,
    option: ledgerOption(file.path, cwd),
  };
  if (doubt === 'copy') return [{ code: 'ledger.copy', params }];
  if (doubt === 'another') return [{ code: isThere ? 'ledger.another' : 'ledger.another-gone', params }];
  if (isThere) return [{ code: 'ledger.behind-of', params }];
  return [{ code: 'ledger.behind', params: { ...params, campaign: await typedFor(question, cwd) } }];
}

/** How the campaign is typed for an audit: a ledger that does not know it yet needs its file. */
async function typedFor({ ledger, campaign, file }: LedgerQuestion, cwd: string): Promise<string> {
  const isKnown = ledger !== null && (await ledger.campaigns.find(campaign)) !== null;
  return isKnown || file === null ? campaign.name : typedCampaign(file, cwd);
}

/** Whether the ledger there was moved away, so that nothing is sent from it any more. */
async function hasMovedAway(path: string, app: App): Promise<boolean> {
  const moved = await withLedger({ ...app, ledgerFile: path }, 'read', async ({ identity }) =>
    ok((await identity.movedTo()) !== null),
  );
  return moved.ok && moved.value;
}

/** Whether the remembered file is still where it was, and `path` leads to another one. */
function isOtherThan(remembered: FileIdentity, path: string, files: App['files']): boolean {
  if (!files.watch(remembered).isThere()) return false;
  const here = files.at(path);
  return here?.inode !== remembered.inode || here.device !== remembered.device;
}
