import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import { openRecipients } from '../../recipients/read-recipients.js';
import { UnusableFile } from '../../recipients/unusable-file.js';

/** The `number`-th row of the recipients file that can be sent; the first is 1. */
export async function sendableRow(
  { campaign, renderer }: ReadCampaign,
  number: number,
): Promise<Result<Recipient>> {
  const rules = { render: renderer, fixValues: campaign.fixValues };
  const opened = await openRecipients(campaign.recipients, rules);
  if (!opened.ok) return opened;
  let count = 0;
  try {
    for await (const verdicts of opened.value.batches) {
      for (const verdict of verdicts) {
        if (verdict.kind !== 'recipient') continue;
        count += 1;
        if (count === number) return ok(verdict.recipient);
      }
    }
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
  const params = { number, count };
  return failed({ code: 'test.no-row', params, at: { file: campaign.recipients.file } });
}
