import type { ControlPhone, RunSettings } from '../../core/campaign.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Outcome } from '../../core/outcome.js';
import type { Throttle } from '../../core/ports.js';
import type { Problem } from '../../core/problem.js';
import type { ControlMaker } from '../../run/settle-uncertain.js';
import type { App } from '../app.js';
import type { Target } from '../target.js';
import { sendTestMessage } from '../test-send/send-test.js';

/** Told what becomes of a test message to one's own phone. */
export interface ControlObserver {
  /** It is on the do-not-contact list: nothing leaves. */
  readonly suppressed: (phone: string) => void;
  readonly sending: (phone: string, uncertain: number) => void;
  readonly ended: (phone: string, outcome: Outcome) => void;
  readonly failed: (problems: readonly Problem[]) => void;
}

/** What it stands on. */
export interface ControlDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly campaignId: number;
  readonly campaign: RunSettings;
  readonly target: Target;
  /** The sender's own: the message takes a permit like any other. */
  readonly throttle: Throttle;
  readonly observer: ControlObserver;
}

/** Sends a test message to the phone that the campaign names in `uncertain.control`; null: it names none. */
export function controlMaker(deps: ControlDeps): ControlMaker | null {
  const { control } = deps.campaign.uncertain;
  return control === null ? null : { make: (signal) => made(control, deps, signal) };
}

async function made(
  control: ControlPhone,
  { app, ledger, campaignId, campaign, target, throttle, observer }: ControlDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const { phone } = control;
  if (await ledger.lists.isOn(target.workspace, control.person, app.clock.now())) {
    observer.suppressed(phone);
    return false;
  }
  // As the ledger has it: the file may be gone, or on another machine.
  const row = await ledger.reports.firstMessage(campaignId);
  if (row === null) {
    observer.failed([{ code: 'reconcile.no-row', params: { name: campaign.name } }]);
    return false;
  }
  if ((await throttle.take(() => 1, signal)) === 0) return false;
  const { uncertain } = await ledger.campaigns.counts(campaignId);
  observer.sending(phone, uncertain);
  const sent = await sendTestMessage({ ledger, campaign, target, phone: control, row, press: null }, app);
  if (!sent.ok) {
    observer.failed(sent.problems);
    return false;
  }
  const outcome = sent.value;
  if (outcome.kind === 'deferred' && outcome.scope === 'everyone') throttle.throttled(outcome.retryAfterMs);
  if (outcome.kind === 'accepted') throttle.accepted();
  observer.ended(phone, outcome);
  return outcome.kind === 'accepted';
}
