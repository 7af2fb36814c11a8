import type { CampaignRecord, SeenControl } from '../../core/ledger/campaigns.js';
import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
import { rememberTakenOut } from '../actions/taken-out-memory.js';
import type { App } from '../app.js';
import { knownCampaign, namedCampaign, preferred } from '../known-campaign.js';
import { withdrawIn } from '../launch/ask-launch.js';
import { type CampaignChoice, withLedger } from '../open-ledger.js';
import { typedCommand } from '../typed-command.js';
import { waitingCampaigns } from '../work/waiting-runs.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** What a person wants of a campaign, said from another terminal. */
export type ControlWord = 'pause' | 'resume' | 'cancel';

/** A campaign that heard the word. */
export interface ControlledCampaign {
  readonly name: string;
  /** People for whom `cancel` ended it. */
  readonly count: number;
  /** Nothing of it was sent yet: `cancel` took back what was to begin on the page. */
  readonly isWithdrawn: boolean;
}

/** Says it through the ledger: a run that goes on hears it within two seconds. */
export function controlCampaign(
  word: ControlWord,
  choice: CampaignChoice,
  app: App,
): Promise<Result<ControlledCampaign>> {
  return withLedger(app, 'existing', async (ledger) => {
    const first = await firstLaunch(choice, ledger, app);
    if (!first.ok) return first;
    if (first.value !== null) return controlFirst(word, first.value, ledger, app);
    const known = await knownCampaign(choice.campaign, choice.sandbox, ledger, app);
    if (!known.ok) return known;
    const { record } = known.value;
    const { name } = record;
    return ok((await control(word, record, ledger, app)) ?? { name, count: 0, isWithdrawn: false });
  });
}

/**
 * What waits on the page to be sent of a campaign that its workspace knows by nothing else; null: a campaign of the ledger is
 * meant, or none. As among those, the own workspace counts first.
 */
async function firstLaunch(
  { campaign, sandbox }: CampaignChoice,
  { campaigns, launches }: Ledger,
  app: App,
): Promise<Result<LaunchRecord | null>> {
  const named = await namedCampaign(campaign, app);
  if (!named.ok) return named;
  const { name } = named.value;
  const records = await campaigns.list(name);
  const isFirst = (launch: LaunchRecord): boolean =>
    launch.name === name &&
    launch.state !== 'running' &&
    (launch.workspace === SANDBOX_WORKSPACE) === sandbox &&
    records.every(({ workspace }) => workspace !== launch.workspace);
  const firsts = (await launches.open()).filter(isFirst);
  if (firsts.length === 0) return ok(null);
  const [meant, ...others] = sandbox ? firsts : preferred([...records, ...firsts], app);
  if (others.length > 0) return failed({ code: 'cli.ambiguous-campaign', params: { name } });
  return ok(firsts.find((launch) => launch === meant) ?? null);
}

async function controlFirst(
  word: ControlWord,
  { key, name, by, startAt, askedAt, confirmed: count, workspace }: LaunchRecord,
  ledger: Ledger,
  app: App,
): Promise<Result<ControlledCampaign>> {
  if (word !== 'cancel') {
    const command = typedCommand(['cancel', name], workspace, app);
    return failed({ code: 'control.first', params: { name, by, at: startAt ?? askedAt, command } });
  }
  const withdrawn = await withdrawIn(ledger, key, app);
  return withdrawn.ok ? ok({ name, count, isWithdrawn: true }) : withdrawn;
}

/**
 * The same of a campaign that somebody looks at: its file may be broken, or gone. null: it is paused or resumed only as it was
 * seen, and somebody canceled it, or took it up again, meanwhile.
 */
export function controlRecord(
  word: ControlWord,
  record: ControlledRecord,
  seen: SeenControl,
  app: App,
): Promise<Result<ControlledCampaign | null>> {
  return withLedger(app, 'existing', async (ledger) => ok(await control(word, record, ledger, app, seen)));
}

/** Whether a run of it stands in a shared ledger with which a machine that waits goes on by itself. */
export function waitsForMachine({ id }: Pick<CampaignRecord, 'id'>, app: App): Promise<Result<boolean>> {
  if (!isDatabaseAddress(app.ledgerFile)) return Promise.resolve(ok(false));
  return withLedger(app, 'read', async ({ shared }) => ok((await waitingCampaigns(shared)).has(id)));
}

type ControlledRecord = Pick<CampaignRecord, 'id' | 'name' | 'workspace'>;

async function control(
  word: ControlWord,
  { id, name, workspace }: ControlledRecord,
  ledger: Ledger,
  app: App,
  seen?: SeenControl,
): Promise<ControlledCampaign | null> {
  const recorded = recordedNow(app);
  const { campaigns } = ledger;
  const count = word === 'cancel' ? await campaigns.cancel(id, recorded) : 0;
  if (word !== 'cancel' && !(await campaigns[word](id, recorded, seen))) return null;
  await rememberTakenOut(ledger, [workspace], app);
  return { name, count, isWithdrawn: false };
}
