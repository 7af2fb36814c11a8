import type { Ledger } from '../../core/ledger/ledger.js';
import type { WatchedFile } from '../../core/ledger/locks.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { RunLimit } from '../../run/run-limit.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { requireNamedFiles } from '../plan/named-files.js';
import { type Overrides, readCampaigns } from '../read-campaigns.js';
import { openSandboxTarget, sandboxTarget, type Target, targetOf, trustedTargetOf } from '../target.js';
import { storedTemplates, withTemplate } from '../templates/known-templates.js';
import { templatesToSend } from '../templates/templates-to-send.js';
import { refuseNewLedger } from './refuse-new-ledger.js';
import { sendRefusals } from './send-refusals.js';

/** What is to be sent. */
export interface SendRequest {
  /** Folders or campaign files. */
  readonly paths: readonly string[];
  readonly sandbox: boolean;
  readonly overrides: Overrides;
  readonly acceptLedger: boolean;
  /** Most deliveries, over all campaigns; null: no limit. */
  readonly limit: number | null;
}

/** A campaign that can be sent, and where it goes. */
export interface SendableCampaign {
  readonly read: ReadCampaign;
  readonly target: Target;
}

/** Everything that sending stands on. */
export interface OpenForSending {
  readonly campaigns: readonly SendableCampaign[];
  readonly ledger: Ledger;
  /** Watches over the ledger's file since it was opened. */
  readonly watch: WatchedFile;
  /** Shared by all campaigns. */
  readonly limit: RunLimit;
}

/** Works with campaigns that can be sent: what is wrong with any of them is told before anything of the first goes out. */
export async function openForSending<T>(
  request: SendRequest,
  app: App,
  work: (open: OpenForSending) => Promise<Result<T>>,
): Promise<Result<T>> {
  const read = await readCampaigns(request.paths, request.overrides, app);
  if (!read.ok) return read;
  const sandbox = request.sandbox ? await openSandboxTarget(app) : ok(null);
  if (!sandbox.ok) return sandbox;
  try {
    const typed: SendableCampaign[] = [];
    for (const one of read.value) {
      const target =
        sandbox.value === null ? await trustedTargetOf(one.campaign, app) : ok(sandbox.value.target);
      if (!target.ok) return target;
      typed.push({ read: one, target: target.value });
    }
    const { campaigns, keep } = await templatesToSend(typed, app);
    const fit = await requireNamedFiles(
      campaigns.map(({ read: one }) => one),
      app,
    );
    if (!fit.ok) return fit;
    const isNew = !request.acceptLedger && !(await hasLedger(app));
    const allowed = isNew ? await refuseNewLedger(campaigns, app) : ok(null);
    if (!allowed.ok) return allowed;
    return await withLedger(app, 'create', async (ledger) => {
      const intact = await requireIntact(ledger, app);
      if (!intact.ok) return intact;
      await keep(ledger);
      return work({ campaigns, ledger, watch: watchOver(app), limit: new RunLimit(request.limit) });
    });
  } finally {
    await sandbox.value?.close();
  }
}

/** Says why a send could not even begin: a wrong file, option or ledger, or no credentials. Asks nobody. */
export async function requireSendable(
  { paths, sandbox, overrides, acceptLedger }: Omit<SendRequest, 'limit'>,
  ledger: Ledger,
  app: App,
): Promise<Result<null>> {
  const read = await readCampaigns(paths, overrides, app);
  if (!read.ok) return read;
  const accepted = { changes: false, ledger: acceptLedger };
  const refusals: Problem[] = [];
  const known: ReadCampaign[] = [];
  for (const one of read.value) {
    const { campaign } = one;
    const target = sandbox ? ok(sandboxTarget('')) : targetOf(campaign, app.environment);
    if (!target.ok) return target;
    refusals.push(...(await sendRefusals(campaign, target.value, ledger, accepted, app)));
    known.push(await withTemplate(one, await storedTemplates(ledger, target.value), app));
  }
  return refusals.length > 0 ? failed(...refusals) : requireNamedFiles(known, app);
}

/** A ledger whose last run died is read in full before it is trusted; a small one is looked over each time. */
async function requireIntact(ledger: Ledger, { files }: Pick<App, 'files'>): Promise<Result<null>> {
  if (files.at(ledger.file) === null) return ok(null);
  return ledger.check((await ledger.runs.endedUncleanly()) ? 'full' : 'quick');
}

/** A ledger that was taken away by now has no file: the run sees it before its first message. */
export function watchOver({ files, ledgerFile: path }: Pick<App, 'files' | 'ledgerFile'>): WatchedFile {
  return files.watch(files.at(path) ?? { path, device: '0', inode: '0' });
}
