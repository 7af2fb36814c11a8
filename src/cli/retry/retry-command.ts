import { withCampaign } from '../../app/open-ledger.js';
import { type PutBack, putBack, type RetryFilter } from '../../app/retry/put-back.js';
import { writtenMoment } from '../../core/moments.js';
import { ok } from '../../core/problem.js';
import { noRun } from '../campaign-json.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { orFail, orLocked } from '../problems.js';
import { runOptions } from '../run-options.js';
import { sendPlaces } from '../send/send-command.js';

/** `retry`: puts refused and exhausted deliveries back to pending and sends them. */
export async function retryCommand(args: Args, cli: Cli): Promise<number> {
  const startedMs = cli.clock.monotonicMs();
  const only = args.flag('requeue-only');
  const sending = only ? null : { overrides: runOptions(args), acceptLedger: args.flag('accept-ledger') };
  await requireAnswer(args, cli);
  const back = orLocked(await putBack(campaignChoice(args), filterOf(args), sending, cli));
  const { count, leftOut, record, counts, next } = back;
  const done = count === 0 || only;
  // Who is pending may be the rest of a campaign whose first people are looked at: only "send" is asked for them.
  const exitCode = next === null || only ? EXIT.done : EXIT.needsPerson;
  for (const line of requeuedLines(back, cli)) (done ? cli.terminal.line : cli.terminal.aside)(line);
  if (next !== null)
    cli.terminal.line(cli.translate('retry.already-pending', { count: counts.pending, command: next }));
  if (!done) return sendPlaces(back.place, args, cli);
  if (cli.terminal.json) {
    cli.terminal.document({
      campaign: record.name,
      counts,
      run: noRun(Math.round(cli.clock.monotonicMs() - startedMs)),
      requeued: count,
      leftOut,
      halted: null,
      exitCode,
    });
  }
  return exitCode;
}

/** Nobody is put back for a send that would be refused. */
async function requireAnswer(args: Args, cli: Cli): Promise<void> {
  const asks = !args.flag('yes') && !args.flag('requeue-only') && !args.flag('sandbox');
  if (!asks || cli.terminal.canAsk) return;
  // Nobody would be asked about a campaign that is not known, or has nobody to put back.
  const counted = await withCampaign(
    campaignChoice(args),
    'existing',
    cli,
    async ({ record }, { campaigns }) => ok(await campaigns.counts(record.id)),
  );
  const { refused, exhausted } = orFail(counted);
  if (refused + exhausted === 0) return;
  throw new CommandFailure(EXIT.unusable, [{ code: 'send.needs-yes' }]);
}

/** How many go again, and who does not, and why. */
function requeuedLines({ count, leftOut }: PutBack, { translate }: Cli): readonly string[] {
  const left = Object.entries(leftOut).map(([why, people]) =>
    translate('retry.left-out', { count: people, why }),
  );
  return count === 0 && left.length > 0 ? left : [translate('retry.requeued', { count }), ...left];
}

/** Whom the options mean. */
function filterOf(args: Args): RetryFilter {
  const [status, ...others] = new Set(args.texts('status'));
  const one = others.length === 0 && (status === 'refused' || status === 'exhausted');
  return {
    status: one ? status : null,
    code: args.text('code'),
    group: null,
    phone: args.text('phone'),
    failedBefore: momentOption(args, 'failed-before'),
  };
}

/** A moment: `2026-03-20`, `2026-03-20T09:00` (local time) or with a zone. */
function momentOption(args: Args, name: string): number | null {
  const text = args.text(name);
  if (text === null) return null;
  const at = writtenMoment(text, 'this-machine');
  if (at !== null) return at;
  throw new CommandFailure(EXIT.unusable, [
    { code: 'cli.bad-moment', params: { option: `--${name}`, value: text } },
  ]);
}
