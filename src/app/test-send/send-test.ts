import type { ControlPhone, RunSettings } from '../../core/campaign.js';
import type { ClaimedDelivery } from '../../core/delivery.js';
import { type Ledger, LedgerError } from '../../core/ledger/ledger.js';
import type { TestSend } from '../../core/ledger/runs.js';
import type { Outcome } from '../../core/outcome.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import type { App, SentMessages } from '../app.js';
import type { Target } from '../target.js';

/** What fills a message. */
type MessageRow = Pick<Recipient, 'body' | 'header' | 'attachment'>;

/** One message of a campaign beside its deliveries, with the values of a row. */
export interface TestMessage<Row extends MessageRow = MessageRow> {
  readonly ledger: Ledger;
  readonly campaign: SentMessages & Pick<RunSettings, 'name'>;
  readonly target: Target;
  readonly phone: ControlPhone;
  readonly row: Row;
  /** As `TestSend` has it. */
  readonly press: string | null;
}

/**
 * Intent, POST, outcome. A process that dies in between leaves the test as one that may have arrived, and so does a ledger
 * that cannot take its outcome. Fails when the intent cannot be written, too: then nothing leaves.
 */
export async function sendTestMessage(
  test: TestMessage,
  { clock, provider }: Pick<App, 'clock' | 'provider'>,
): Promise<Result<Outcome>> {
  const { ledger, campaign, target, phone, row } = test;
  const begun = await ledger.testSends.begin(intentOf(test), clock.now());
  if (!begun.ok) return begun;
  // Individual: it stands for itself and is no part of the campaign at the provider.
  const message = { ...campaign, type: 'individual', campaignName: null } as const;
  const sender = await provider.sender(message, target);
  try {
    const outcome = await sender.send(deliveryOf(begun.value, phone, row), () => true);
    await ledger.testSends.end(begun.value, outcome.kind, outcome.answer, clock.now());
    return ok(outcome);
  } catch (error) {
    return unwritten(error);
  } finally {
    await sender.close();
  }
}

/** What is said when a ledger could not take what became of a message that left; anything else that was thrown is a bug. */
function unwritten(error: unknown): Result<never> {
  if (error instanceof LedgerError) return failed({ code: 'test.unwritten' }, error.problem);
  throw error;
}

function intentOf({ campaign, target, phone, row, press }: TestMessage): TestSend {
  const { name, template } = campaign;
  return {
    workspace: target.workspace,
    campaign: name,
    template,
    phone: phone.phone,
    person: phone.person,
    body: row.body,
    header: row.header,
    press,
  };
}

function deliveryOf(id: number, phone: ControlPhone, row: MessageRow): ClaimedDelivery {
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
