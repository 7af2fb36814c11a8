import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planDigest, requirePlan } from '../../src/app/plan/plan-digest.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { ROW_RULES_VERSION } from '../../src/core/recipient.js';
import { problemsOf, unwrapped } from '../support/results.js';

it('a plan that was shown by a version that filled rows otherwise is another plan', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'plazcast-plan-')), 'campaign.yaml');
  writeFileSync(path, 'name: a\ntemplate: t\nrecipients: r.csv\n');
  const { campaign } = unwrapped(await readCampaign(path));
  const basis = { recipients: 'f', suppressed: [], target: { baseUrl: '', workspace: 'w' } };
  const now = planDigest(campaign, basis);
  expect(planDigest(campaign, basis, ROW_RULES_VERSION)).toBe(now);
  const before = planDigest(campaign, basis, ROW_RULES_VERSION - 1);
  expect(problemsOf(requirePlan(before, now))).toEqual([{ code: 'plan.changed-since' }]);
});
