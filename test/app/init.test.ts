import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { createCampaign, requireNewFolder } from '../../src/app/init/new-campaign.js';
import { offeredTemplates } from '../../src/app/init/offered-templates.js';
import { proposeCampaign } from '../../src/campaign/propose-campaign.js';
import { ok } from '../../src/core/problem.js';
import { appAt } from '../support/app-at-hand.js';
import { cliPlace } from '../support/run-cli.js';
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

test.each([
  ['a list of one’s own, where an example is to be written', ['recipients.csv'], false, ['recipients.csv']],
  ['a list of one’s own, which the campaign is made from', ['recipients.csv'], true, []],
  ['what a cut-off init left', ['recipients.csv', '.env.example'], false, []],
  ['a campaign', ['campaign.yaml', 'recipients.csv'], true, ['campaign.yaml', 'recipients.csv']],
])(
  'a folder with %s is refused, or not, before anything is asked',
  async (_what, there, ownList, refused) => {
    const campaignFiles = { existing: async () => there } as unknown as Parameters<
      typeof requireNewFolder
    >[2]['campaignFiles'];
    const may = await requireNewFolder('/campaigns/first', ownList, { campaignFiles });
    expect(may.ok ? [] : may.problems).toMatchObject(
      refused.map((name) => ({ code: 'init.exists', params: { path: join('/campaigns/first', name) } })),
    );
  },
);

test('a new campaign is offered what the page takes for approved, in the provider’s word for it', async () => {
  const statuses = ['APPROVED', 'ENABLED', 'aprobada', 'activo', '', '1', null, 'PENDING', 'rejected'];
  const read = {
    kind: 'read',
    skipped: 0,
    templates: statuses.map((status) => ({
      name: `t-${status}`,
      language: null,
      category: null,
      status,
      text: null,
    })),
  } as const;
  const provider = { ...ADAPTERS.provider, templates: async () => read };
  const app = appAt(cliPlace(), { PLAZBOT_WORKSPACE_ID: 'w', PLAZBOT_TOKEN: 't' }, { provider });
  expect((await offeredTemplates(app)).map(({ status }) => status)).toEqual(statuses.slice(0, 7));
});
