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

test('a campaign that somebody resumes once its plan is counted is not sent: the plan had nobody, and nobody was asked', async () => {
  const place = await sendingPlace(3, { cost: 'rates.csv' });
  place.write('sale/rates.csv', 'country,category,price,currency\nPE,marketing,0.1,USD\n');
  const app = appAt(place, place.environment);
  const sale = { campaign: 'sale', sandbox: false };
  expect((await place.run(['send', 'sale', '--yes', '--limit', '1'])).code).toBe(0);
  unwrapped(await controlCampaign('cancel', sale, app));
  let plans = 0;
  const prices: typeof app.campaignFiles.prices = async (file) => {
    plans += 1;
    if (plans === 2) unwrapped(await controlCampaign('resume', sale, app));
    return app.campaignFiles.prices(file);
  };
  const planning = { ...app, campaignFiles: { ...app.campaignFiles, prices } };
  const sent = await sentByApp(planning);
  expect(plans).toBe(2);
  expect(sent.end).toMatchObject({ kind: 'ran', delivered: { sent: 0, halt: { code: 'halt.canceled' } } });
});
