import { createHash } from 'node:crypto';
import type { RunSettings } from '../../core/campaign.js';
import type { StoredSettings } from '../../core/ledger/shared-runs.js';

/** Goes up when settings are written that an earlier plazcast would read otherwise. */
const FORMAT = 1;

/** What another machine needs of a campaign, as text: no credential, and no file of this machine. */
export function storedSettings({
  name,
  template,
  type,
  campaignName,
  provider,
  ratePerSecond,
  concurrency,
  timeoutMs,
  attempts,
  limits,
  schedule,
  canary,
  stopWhen,
  uncertain,
  notifyWebhook,
  recipients: { country },
}: RunSettings): StoredSettings {
  const settings: RunSettings = {
    name,
    template,
    type,
    campaignName,
    provider,
    ratePerSecond,
    concurrency,
    timeoutMs,
    attempts,
    limits,
    schedule,
    canary,
    stopWhen,
    uncertain,
    notifyWebhook,
    recipients: { country },
  };
  const text = JSON.stringify({ format: FORMAT, settings });
  return { text, digest: digestOf(text) };
}

/** The settings, where they are whole and of a form that this plazcast knows; else null. */
export function readSettings({ text, digest }: StoredSettings): RunSettings | null {
  if (digestOf(text) !== digest) return null;
  const { format, settings } = JSON.parse(text) as {
    readonly format: number;
    readonly settings: RunSettings;
  };
  return format === FORMAT ? settings : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
