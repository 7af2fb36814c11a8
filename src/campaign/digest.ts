import { createHash } from 'node:crypto';
import type { Campaign } from '../core/campaign.js';
import { ROW_RULES_VERSION } from '../core/recipient.js';
import { measuresOf } from '../core/template-text.js';

/**
 * Digest (sha256, hex) over everything in a campaign that decides what a row of the recipients file becomes. With the same
 * file and the same digest there is nothing to import again.
 */
export function rowSettingsDigest(campaign: Campaign): string {
  const { recipients } = campaign;
  const settings = [
    ROW_RULES_VERSION,
    recipients.sheet,
    recipients.phoneColumn,
    recipients.country,
    recipients.keyColumn,
    recipients.delimiter,
    recipients.encoding,
    recipients.landlines,
    Object.entries(recipients.wire).sort(([one], [other]) => (one < other ? -1 : 1)),
    campaign.variables && {
      body: campaign.variables.body.map(({ variable, template }) => [variable, template]),
      header: campaign.variables.header.map(({ variable, template }) => [variable, template]),
    },
    campaign.attachment && [campaign.attachment.url, campaign.attachment.name],
    campaign.fixValues,
    // Nothing where the text is not known: what was imported before is what it was.
    ...(campaign.text === null ? [] : [measuresOf(campaign.text)]),
  ];
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}
