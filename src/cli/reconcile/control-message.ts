import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { ControlPhone } from '../../core/campaign.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Outcome } from '../../core/outcome.js';
import type { Throttle } from '../../core/ports.js';
import type { ControlMaker } from '../../run/settle-uncertain.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { printProblems } from '../problems.js';
import type { Target } from '../target.js';
import { sendTestMessage } from '../test-send/send-test.js';
import { sendableRow } from '../test-send/sendable-row.js';
import { detailOf } from '../test-send/test-outcome.js';

/** What a test message to one's own phone stands on. */
export interface ControlSurroundings {
  readonly cli: Cli;
  readonly ledger: Ledger;
  readonly campaignId: number;
  readonly read: ReadCampaign;
  readonly target: Target;
  /** The sender's own: the message takes a permit like any other. */
  readonly throttle: Throttle;
}

/** Sends a test message to the phone that the campaign names in `uncertain.control`; null: it names none. */
export function controlMaker(around: ControlSurroundings): ControlMaker | null {
  const { control } = around.read.campaign.uncertain;
  return control === null ? null : { make: (signal) => made(control, around, signal) };
}

async function made(
  control: ControlPhone,
  { cli, ledger, campaignId, read, target, throttle }: ControlSurroundings,
  signal: AbortSignal,
): Promise<boolean> {
  const { terminal, say, cwd } = cli;
  const { campaign } = read;
  const { phone } = control;
  if (await ledger.lists.isOn(target.workspace, control.person, systemClock.now())) {
    terminal.line(say('control.suppressed', { phone }));
    return false;
  }
  const row = await sendableRow(read, 1);
  if (!row.ok) {
    printProblems(row.problems, terminal, say, cwd);
    return false;
  }
  if ((await throttle.take(() => 1, signal)) === 0) return false;
  const { uncertain } = await ledger.campaigns.counts(campaignId);
  terminal.line(say('control.sending', { phone, count: uncertain }));
  const sent = await sendTestMessage({ ledger, campaign, target, phone: control, row: row.value });
  if (!sent.ok) {
    printProblems(sent.problems, terminal, say, cwd);
    return false;
  }
  return told(sent.value, phone, throttle, cli);
}

function told(outcome: Outcome, phone: string, throttle: Throttle, { terminal, say }: Cli): boolean {
  if (outcome.kind === 'deferred' && outcome.scope === 'everyone') throttle.throttled(outcome.retryAfterMs);
  if (outcome.kind === 'accepted') throttle.accepted();
  terminal.line(
    outcome.kind === 'accepted'
      ? say('control.accepted')
      : say('control.not-accepted', { phone, detail: detailOf(outcome.answer) }),
  );
  return outcome.kind === 'accepted';
}
