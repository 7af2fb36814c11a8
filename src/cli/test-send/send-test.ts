import type { Campaign, ControlPhone } from '../../core/campaign.js';
import type { Dispatch } from '../../core/delivery.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { TestSend } from '../../core/ledger/runs.js';
import type { Outcome } from '../../core/outcome.js';
import { ok, type Result } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import { PlazbotSender } from '../../providers/plazbot/sender.js';
import { systemClock } from '../clock.js';
import type { Target } from '../target.js';

/** One message of a campaign beside its deliveries, with the values of a row. */
export interface TestMessage {
  readonly ledger: Ledger;
  readonly campaign: Campaign;
  readonly target: Target;
  readonly phone: ControlPhone;
  readonly row: Recipient;
}

/**
 * Intent, POST, outcome. A process that dies in between leaves the test as one that may have arrived. Fails only when the
 * intent cannot be written: then nothing leaves.
 */
export async function sendTestMessage(test: TestMessage): Promise<Result<Outcome>> {
  const { ledger, campaign, target, phone, row } = test;
  const begun = await ledger.testSends.begin(intentOf(test), systemClock.now());
  if (!begun.ok) return begun;
  const sender = new PlazbotSender({
    baseUrl: target.baseUrl,
    workspaceId: target.workspaceId,
    apiKey: target.apiKey,
    secrets: target.secrets,
    template: campaign.template,
    // Individual: it stands for itself and is no part of the campaign at the provider.
    type: 'individual',
    campaignName: null,
    api: campaign.provider.api,
    timeoutMs: campaign.timeoutMs,
    clock: systemClock,
  });
  try {
    const outcome = await sender.send(dispatchOf(begun.value, phone, row));
    await ledger.testSends.end(begun.value, outcome.kind, outcome.answer, systemClock.now());
    return ok(outcome);
  } finally {
    await sender.close();
  }
}

function intentOf({ campaign, target, phone, row }: TestMessage): TestSend {
  const { name, template } = campaign;
  return {
    workspace: target.workspace,
    campaign: name,
    template,
    phone: phone.phone,
    person: phone.person,
    body: row.body,
    header: row.header,
  };
}

function dispatchOf(id: number, phone: ControlPhone, row: Recipient): Dispatch {
  return {
    deliveryId: id,
    attemptId: id,
    phone: phone.phone,
    person: phone.person,
    country: phone.country,
    bodyJson: JSON.stringify(row.body),
    headerJson: JSON.stringify(row.header),
    attachmentJson: row.attachment === null ? null : JSON.stringify(row.attachment),
    transientRefusals: 0,
    deferrals: 0,
  };
}
