import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
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
  return withCampaign(choice, 'existing', app, async ({ record }, { campaigns }) =>
    ok(await control(word, record, campaigns, app)),
  );
}

/** The same of a campaign that somebody looks at: its file may be broken, or gone. */
export function controlRecord(
  word: ControlWord,
  { id, name }: Pick<CampaignRecord, 'id' | 'name'>,
  app: App,
): Promise<Result<ControlledCampaign>> {
  return withLedger(app, 'existing', async ({ campaigns }) =>
    ok(await control(word, { id, name }, campaigns, app)),
  );
}

async function control(
  word: ControlWord,
  { id, name }: Pick<CampaignRecord, 'id' | 'name'>,
  campaigns: Ledger['campaigns'],
  app: App,
): Promise<ControlledCampaign> {
  const recorded = recordedNow(app);
  if (word === 'cancel') return { name, count: await campaigns.cancel(id, recorded) };
  await campaigns[word](id, recorded);
  return { name, count: 0 };
}
