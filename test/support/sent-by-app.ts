import type { App } from '../../src/app/app.js';
import type { SendDisplay } from '../../src/app/send/display.js';
import { openForSending } from '../../src/app/send/open-for-sending.js';
import { sendCampaign } from '../../src/app/send/send-campaign.js';
import type { SentCampaign } from '../../src/app/send/send-deps.js';
import { ok } from '../../src/core/problem.js';
import { unwrapped } from './results.js';

/** A run that has got to its first message. */
export const SENDS = new Error('it sends');

/**
 * What the use case makes of a campaign in `sale`, without terminal. It ends with `SENDS` before the first message.
 *
 * @param confirm answers the question
 */
export async function sentByApp(
  app: App,
  confirm: SendDisplay['confirm'] = () => Promise.resolve(true),
): Promise<SentCampaign> {
  const watch = () => Promise.reject(SENDS);
  const said: Partial<SendDisplay> = { confirm, watch, askResend: null };
  const display = new Proxy(said as SendDisplay, {
    get: (known, name: keyof SendDisplay) => (name in known ? known[name] : () => undefined),
  });
  const overrides = { ratePerSecond: null, concurrency: null };
  const request = { paths: ['sale'], sandbox: false, overrides, acceptLedger: false, limit: null };
  const sent = await openForSending(request, app, async ({ campaigns: [one], limit, ...open }) => {
    if (one === undefined) throw new Error('there is no campaign');
    const accepted = { acceptFailover: false, acceptChanges: false, acceptLedger: false };
    const options = { ...accepted, limit, noWait: true, expectPlan: null, confirmedAt: () => null };
    const stop = new AbortController().signal;
    return ok(await sendCampaign({ ...open, ...one, options, app, stop, display }));
  });
  return unwrapped(sent);
}
