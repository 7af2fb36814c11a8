import { expect, test } from 'vitest';
import { withLedger } from '../../../src/app/open-ledger.js';
import { ownRun } from '../../../src/app/work/own-run.js';
import { storedSettings } from '../../../src/app/work/run-settings.js';
import { senderOf, workspaceFingerprint } from '../../../src/app/workspace.js';
import { ok } from '../../../src/core/problem.js';
import { appAt } from '../../support/app-at-hand.js';
import { rawlyAt } from '../../support/postgres/ledger-database.js';
import { unwrapped } from '../../support/results.js';
import { CAMPAIGN } from '../../support/sample-campaign.js';
import { WORKSPACE } from '../../support/sending-place.js';
import { sharedPlace } from '../../support/shared-place.js';

const NO_LIMITS = { perDay: null, perRecipient: null };

test('a run that somebody confirmed anew while its campaign was waited for is looked at once more before a machine owns it', async () => {
  const { office, address } = await sharedPlace(2);
  await office.run(['send', 'sale', '--limit', '1']);
  const { text, digest } = storedSettings({ ...CAMPAIGN, schedule: null, canary: null, limits: NO_LIMITS });
  await rawlyAt(
    address,
    `INSERT INTO plazcast.entered_runs (campaign_id, sender, settings, settings_digest, plan_digest, after_attempt_id, no_wait, entered_by, host, pid)
     SELECT id, '${senderOf(office.url, workspaceFingerprint(WORKSPACE))}', '${text}', '${digest}', '${digest}', 0, false, 'Ana', 'one', 1
     FROM plazcast.campaigns`,
  );
  const app = appAt({ ...office, ledger: address }, office.environment);
  const owners = await withLedger(app, 'existing', async (ledger) => {
    const { shared } = ledger;
    if (shared === null) throw new Error('nothing is shared');
    const looked = async () => {
      const [entered] = await shared.entered();
      if (entered === undefined) throw new Error('nothing is entered');
      return entered;
    };
    const before = await looked();
    await rawlyAt(
      address,
      "UPDATE plazcast.entered_runs SET entered_by = 'Eva', entered_at = clock_timestamp() + interval '1 second'",
    );
    const owned = [];
    for (const entered of [before, await looked()]) {
      const own = unwrapped(await ownRun(entered, { ledger, shared, app }));
      owned.push(own?.run.entered.by ?? null);
      await own?.release();
    }
    return ok(owned);
  });
  expect(unwrapped(owners)).toEqual([null, 'Eva']);
});
