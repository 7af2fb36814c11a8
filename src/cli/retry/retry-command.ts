import { countDeliveries } from '../../ledger/counts.js';
import { requeue } from '../../ledger/requeue.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { operatorName } from '../control/control-command.js';
import { EXIT } from '../exit-codes.js';
import { withLocks } from '../held-campaign.js';
import { type KnownCampaign, knownCampaign } from '../known-campaign.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { personOption } from '../person-option.js';
import { orFail } from '../problems.js';
import { sendPaths } from '../send/send-command.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** `retry`: puts refused and exhausted deliveries back to pending and sends them. */
export async function retryCommand(args: Args, cli: Cli): Promise<number> {
  const known = await requeueMatching(args, cli);
  if (args.flag('requeue-only')) return EXIT.done;
  const sandbox = args.flag('sandbox') || known.record.workspace === SANDBOX_WORKSPACE;
  return sendPaths([known.read?.campaign.file ?? known.record.file], sandbox, args, cli);
}

async function requeueMatching(args: Args, cli: Cli): Promise<KnownCampaign> {
  const db = openLedgerFile(cli.ledgerFile, 'existing');
  try {
    const known = await knownCampaign(args.required('campaign'), args.flag('sandbox'), db, cli);
    const { record, read } = known;
    const phone = args.text('phone');
    const status = args.text('status');
    const filter = {
      status: status === 'refused' || status === 'exhausted' ? status : null,
      code: args.text('code'),
      person:
        phone === null ? null : personOption(phone, read?.campaign.recipients.country ?? null, '--phone'),
      failedBefore: momentOption(args, 'failed-before'),
    } as const;
    await withLocks(record, record.baseUrl, cli, () => {
      const by = { by: operatorName(), at: systemClock.now() };
      const count = orFail(requeue(db, record.id, filter, by));
      const requeueOnly = args.flag('requeue-only');
      (requeueOnly ? cli.terminal.line : cli.terminal.aside)(cli.say('retry.requeued', { count }));
      if (requeueOnly && cli.terminal.json) {
        const counts = countDeliveries(db, record.id);
        cli.terminal.document({
          campaign: record.name,
          counts,
          requeued: count,
          halted: null,
          exitCode: EXIT.done,
        });
      }
      return Promise.resolve();
    });
    return known;
  } finally {
    db.close();
  }
}

/** A moment: `2026-03-20`, `2026-03-20T09:00` (local time) or with a zone. */
function momentOption(args: Args, name: string): number | null {
  const text = args.text(name);
  if (text === null) return null;
  // A date alone would be read as UTC; people mean their own midnight.
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00` : text);
  if (!Number.isNaN(at)) return at;
  throw new CommandFailure(EXIT.unusable, [
    { code: 'cli.bad-moment', params: { option: `--${name}`, value: text } },
  ]);
}
