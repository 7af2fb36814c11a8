import { dirname, resolve } from 'node:path';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import type { Sentence } from '../../locales/index.js';
import type { App } from '../app.js';
import { knownCampaign } from '../known-campaign.js';
import { type LaunchAhead, launchesAhead } from '../launch/launch-look.js';
import { movedLedger } from '../moved-ledger.js';
import { type CampaignChoice, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { type CampaignStatus, campaignStatus } from './campaign-status.js';
import { type SharedStatus, sharedStatus } from './shared-status.js';
import { UncertainPolicies } from './uncertain-policy.js';

/** One look at the ledger. */
export interface LookedAt {
  readonly campaigns: readonly CampaignStatus[];
  /** What machines do with it; null: one machine has it. */
  readonly shared: SharedStatus | null;
  /** What somebody asked for on the page and has not begun. */
  readonly launches: readonly LaunchAhead[];
  /** Where the ledger was moved to, so that all of this is as it was then; null: it was not. */
  readonly moved: Sentence<'ledger.moved'> | null;
}

/** What is scheduled for the first time is nowhere else in the ledger. As of what was sent, real ones come before the sandbox. */
async function firstOf(
  { campaign, sandbox }: CampaignChoice,
  launches: readonly LaunchAhead[],
  { campaigns }: Ledger,
  app: App,
): Promise<readonly LaunchAhead[]> {
  const named = launches.filter(({ launch }) => isNamed(launch, campaign, app));
  const rehearsals = named.filter(({ launch }) => launch.workspace === SANDBOX_WORKSPACE);
  const real = named.filter((ahead) => !rehearsals.includes(ahead));
  const first: LaunchAhead[] = [];
  for (const ahead of sandbox || real.length === 0 ? rehearsals : real)
    if ((await campaigns.find(ahead.launch)) === null) first.push(ahead);
  return first;
}

function isNamed({ name, file }: LaunchAhead['launch'], named: string, { cwd }: Pick<App, 'cwd'>): boolean {
  const path = resolve(cwd, named);
  return named === name || path === file || path === dirname(file);
}

/**
 * Looks at one campaign or at all, as often as `work` asks.
 *
 * @param campaign null: all
 */
export function withStatuses<T>(
  campaign: string | null,
  sandbox: boolean,
  app: App,
  work: (look: () => Promise<Result<LookedAt>>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, 'read', (ledger) => {
    const policies = new UncertainPolicies(app);
    return work(async () => {
      const at = app.clock.now();
      const one = campaign === null ? null : await knownCampaign(campaign, sandbox, ledger, app);
      const shared = await sharedStatus(ledger.shared);
      const launches = await launchesAhead(ledger, app);
      const moved = await movedLedger(ledger.identity, app);
      if (campaign !== null && (one?.ok === false || one?.value.record.workspace === SANDBOX_WORKSPACE)) {
        const first = await firstOf({ campaign, sandbox }, launches, ledger, app);
        if (first.length > 0) return ok({ campaigns: [], shared, launches: first, moved });
      }
      if (one?.ok === false) return one;
      const statuses: CampaignStatus[] = [];
      for (const record of one === null ? await ledger.campaigns.list(null) : [one.value.record]) {
        const status = await campaignStatus(ledger, record, { policies, shared, launches, at }, app);
        if (!status.ok) return status;
        statuses.push(moved === null ? status.value : withoutCommands(status.value));
      }
      return ok({ campaigns: statuses, shared, launches, moved });
    });
  });
}

/** Of a ledger that was moved: what there is to do is done in the other one. */
function withoutCommands({ list, ...status }: CampaignStatus): CampaignStatus {
  return { ...status, list: list && { ...list, command: null }, resume: null, next: null };
}
