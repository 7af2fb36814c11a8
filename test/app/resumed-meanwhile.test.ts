import { expect, test } from 'vitest';
import { controlCampaign } from '../../src/app/control/control-campaign.js';
import { appAt } from '../support/app-at-hand.js';
import { unwrapped } from '../support/results.js';
import { sendingPlace } from '../support/sending-place.js';
import { SENDS, sentByApp } from '../support/sent-by-app.js';

test.each(['pause', 'cancel'] as const)(
  'a campaign that somebody resumes after a %s, while a send reads its list, is sent',
  async (word) => {
    const place = await sendingPlace(3);
    const app = appAt(place, place.environment);
    const sale = { campaign: 'sale', sandbox: false };
    expect((await place.run(['send', 'sale', '--yes', '--limit', '1'])).code).toBe(0);
    unwrapped(await controlCampaign(word, sale, app));
    const suppressed: typeof app.recipientFiles.suppressed = async (campaign) => {
      unwrapped(await controlCampaign('resume', sale, app));
      return app.recipientFiles.suppressed(campaign);
    };
    const reading = { ...app, recipientFiles: { ...app.recipientFiles, suppressed } };
    await expect(sentByApp(reading)).rejects.toBe(SENDS);
  },
);
