import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type CampaignChoice, withCampaign } from '../open-ledger.js';

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
  return withCampaign(choice, 'existing', app, async ({ record: { id, name } }, { campaigns }) => {
    const recorded = { by: app.operator, at: app.clock.now() };
    if (word === 'cancel') return ok({ name, count: await campaigns.cancel(id, recorded) });
    await campaigns[word](id, recorded);
    return ok({ name, count: 0 });
  });
}
