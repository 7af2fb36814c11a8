import { expect, test } from 'vitest';
import { createCampaign } from '../../src/app/init/new-campaign.js';
import { proposeCampaign } from '../../src/campaign/propose-campaign.js';
import { ok } from '../../src/core/problem.js';
import { translateIn } from '../support/said.js';

test('the campaign file comes last: without it a folder is none of a campaign, and is completed', async () => {
  const written: string[] = [];
  const campaignFiles = {
    propose: async (asked: Parameters<typeof proposeCampaign>[0]) => proposeCampaign(asked),
    create: async (_: string, files: ReadonlyMap<string, string>) => {
      written.push(...files.keys());
      return ok(null);
    },
  };
  const app = { campaignFiles } as unknown as Parameters<typeof createCampaign>[4];
  const made = await createCampaign('/campaigns/first', null, {}, translateIn('en'), app);
  expect(written).toEqual(['.env.example', 'recipients.csv', 'campaign.yaml']);
  expect(made).toEqual(ok(['campaign.yaml', 'recipients.csv', '.env.example']));
});
