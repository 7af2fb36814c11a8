import { withLocks } from '../../app/held-campaign.js';
import { type KnownCampaign, knownCampaign } from '../../app/known-campaign.js';
import { nextCommand } from '../../app/status/next-command.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { Requeued, RequeueFilter } from '../../core/ledger/campaigns.js';
import { noRun } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { personOption } from '../options.js';
import { orFail, orLocked } from '../problems.js';
import { requireSendable, sendPaths } from '../send/send-command.js';

/** `retry`: puts refused and exhausted deliveries back to pending and sends them. */
export async function retryCommand(args: Args, cli: Cli): Promise<number> {
  const { known, count } = await requeueMatching(args, cli);
  if (count === 0 || args.flag('requeue-only')) return EXIT.done;
  const { path, sandbox } = placeOf(known, args);
  return sendPaths([path], sandbox, args, cli);
}

/** Where the send behind a retry finds its campaign, and whether it goes to the sandbox. */
function placeOf(
  { read, record }: KnownCampaign,
  args: Args,
): { readonly path: string; readonly sandbox: boolean } {
  const sandbox = args.flag('sandbox') || record.workspace === SANDBOX_WORKSPACE;
  return { path: read?.campaign.file ?? record.file, sandbox };
}

/** Puts back whoever fits; with nobody, or with `--requeue-only`, that is all there is to tell. */
async function requeueMatching(
  args: Args,
  cli: Cli,
): Promise<{ readonly known: KnownCampaign; readonly count: number }> {
  return withLedger(cli, 'existing', async (ledger) => {
    const known = orFail(await knownCampaign(args.required('campaign'), args.flag('sandbox'), ledger, cli));
    const { record } = known;
    const filter = filterOf(args, known);
    const { path, sandbox } = placeOf(known, args);
    const startedMs = systemClock.monotonicMs();
    const held = await withLocks(record, record.baseUrl, cli, async () => {
      // Before anything is put back: what keeps the send from beginning must leave everything as it is.
      if (!args.flag('requeue-only')) await requireSendable(path, sandbox, args, ledger, cli);
      const by = { by: cli.operator, at: systemClock.now() };
      const { count: requeued, leftOut } = orFail(await ledger.campaigns.requeue(record.id, filter, by));
      const done = requeued === 0 || args.flag('requeue-only');
      for (const line of requeuedLines({ count: requeued, leftOut }, cli)) {
        (done ? cli.terminal.line : cli.terminal.aside)(line);
      }
      const counts = await ledger.campaigns.counts(record.id);
      if (requeued === 0 && counts.pending > 0) {
        const command = nextCommand({ record, counts, running: false, notNowForMs: null }, cli);
        cli.terminal.line(
          cli.translate('retry.already-pending', { count: counts.pending, command: command ?? '' }),
        );
      }
      if (done && cli.terminal.json) {
        cli.terminal.document({
          campaign: record.name,
          counts,
          run: noRun(Math.round(systemClock.monotonicMs() - startedMs)),
          requeued,
          leftOut,
          halted: null,
          exitCode: EXIT.done,
        });
      }
      return requeued;
    });
    return { known, count: orLocked(held) };
  });
}

/** How many go again, and who does not, and why. */
function requeuedLines({ count, leftOut }: Requeued, { translate }: Cli): readonly string[] {
  const left = Object.entries(leftOut).map(([why, people]) =>
    translate('retry.left-out', { count: people, why }),
  );
  return count === 0 && left.length > 0 ? left : [translate('retry.requeued', { count }), ...left];
}

/** Whom the options mean. */
function filterOf(args: Args, { read }: KnownCampaign): RequeueFilter {
  const phone = args.text('phone');
  const status = args.text('status');
  return {
    status: status === 'refused' || status === 'exhausted' ? status : null,
    code: args.text('code'),
    person: phone === null ? null : personOption(phone, read?.campaign.recipients.country ?? null, '--phone'),
    failedBefore: momentOption(args, 'failed-before'),
  };
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
