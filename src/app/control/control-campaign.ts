import type { CampaignRecord, SeenControl } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
import { rememberTakenOut } from '../actions/taken-out-memory.js';
import type { App } from '../app.js';
import { type CampaignChoice, withCampaign, withLedger } from '../open-ledger.js';

/** What a person wants of a campaign, said from another terminal. */
export type ControlWord = 'pause' | 'resume' | 'cancel';

/** A campaign that heard the word. */
export interface ControlledCampaign {
  readonly name: string;
  /** People for whom `cancel` ended it. */
  readonly count: number;
}

/** Says it through the ledger: a run that goes on hears it within two seconds. */
export function controlCampaign(
  word: ControlWord,
  choice: CampaignChoice,
  app: App,
): Promise<Result<ControlledCampaign>> {
  return withCampaign(choice, 'existing', app, async ({ record }, ledger) => {
    const { name } = record;
    return ok((await control(word, record, ledger, app)) ?? { name, count: 0 });
  });
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
  return withLedger(app, 'read', async ({ shared }) => {
    if (shared === null) return ok(false);
    const entered = (await shared.entered()).find(({ campaignId }) => campaignId === id);
    if (entered === undefined || entered.halt !== null) return ok(false);
    return ok((await shared.settingsOf(id))?.plannedAnew === false);
  });
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
  return { name, count };
}
