import { failed, ok, type Result } from '../../core/problem.js';
import type { ReadCampaign, Recipient } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';

/** The `number`-th row of the recipients file that can be sent; the first is 1. */
export async function sendableRow(
  read: ReadCampaign,
  number: number,
  { recipientFiles, environment }: Pick<App, 'recipientFiles' | 'environment'>,
): Promise<Result<Recipient>> {
  const opened = await recipientFiles.open(read, environment.stateDir);
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
  return failed({ code: 'test.no-row', params, at: { file: read.campaign.recipients.file } });
}
