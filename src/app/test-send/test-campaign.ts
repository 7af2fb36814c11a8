import { resolve } from 'node:path';
import type { Campaign } from '../../core/campaign.js';
import { maskedPhone } from '../../core/masked-phones.js';
import type { Outcome } from '../../core/outcome.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign, Recipient } from '../../core/recipient.js';
import type { TemplateKnowledge } from '../../core/template.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { campaignFileOf } from '../known-campaign.js';
import { type CampaignChoice, hasLedger, withCampaign, withLedger } from '../open-ledger.js';
import { openTarget } from '../target.js';
import { openFitting } from '../templates/open-fitting.js';
import { templatesToSend } from '../templates/templates-to-send.js';
import { sendTestMessage, type TestMessage } from './send-test.js';
import { sendableRow } from './sendable-row.js';

/** Whose phone gets a message, and with the values of which row. */
export interface TestRequest extends CampaignChoice {
  /** A phone as typed. */
  readonly to: string;
  /** Of the rows that can be sent; the first is 1. */
  readonly row: number;
  /** The press of a form; see `TestSend`. */
  readonly press: string | null;
}

/** A test with the values of a row. */
type TestOfRow = TestMessage<Recipient> & { readonly campaign: Campaign };

/** A test that was sent. */
export interface TestSent {
  readonly test: TestOfRow;
  readonly outcome: Outcome;
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/**
 * Sends one message of a campaign to one phone, beside its deliveries.
 *
 * @param sending told right before it leaves
 */
export async function testCampaign(
  { to, row: number, press, ...choice }: TestRequest,
  sending: (test: TestOfRow, template: TemplateKnowledge | null) => void,
  app: App,
): Promise<Result<TestSent>> {
  const read = await campaignToTest(choice, app);
  if (!read.ok) return read;
  const typed = read.value.campaign;
  // One's own phone may be of any kind: only a text that is no phone is refused.
  const { country, wire } = typed.recipients;
  const phone = (await app.phones()).read(to, country, { landlines: 'accept', wire });
  if (!phone.ok) return failed({ code: 'test.phone', params: { value: to } });
  // What is wrong with the row is told before anybody is asked for anything.
  const there = await sendableRow(read.value, number, app);
  if (!there.ok) return there;
  const opened = await openTarget(typed, choice.sandbox, app);
  if (!opened.ok) return opened;
  const { target, close } = opened.value;
  try {
    const { campaigns, keep } = await templatesToSend([{ read: read.value, target }], app);
    const known = campaigns[0]?.read ?? read.value;
    const { campaign, template = null } = known;
    const fit = await openFitting(known, app);
    if (!fit.ok) return fit;
    const row = await sendableRow(known, number, app);
    if (!row.ok) return row;
    return await withLedger(app, (await hasLedger(app)) ? 'existing' : 'create', async (ledger) => {
      await keep(ledger);
      if (await ledger.lists.isOn(target.workspace, phone.person, app.clock.now()))
        return failed({ code: 'test.suppressed', params: { phone: phone.phone } });
      const test = { ledger, campaign, target, phone, row: row.value, press };
      sending(test, template);
      const outcome = await sendTestMessage(test, app);
      if (!outcome.ok) return outcome;
      const { workspace } = target;
      const what = { workspace, campaign: campaign.name, subject: maskedPhone(phone.phone) };
      const done = { kind: 'test-sent', ...what, after: { outcome: outcome.value.kind } } as const;
      const unlogged = await unloggedBy(recordIn(ledger, done, app));
      return ok({ test, outcome: outcome.value, unlogged });
    });
  } finally {
    await close();
  }
}

/** The campaign to test: a folder or file that the ledger need not know, or the name of one that it does. */
async function campaignToTest(choice: CampaignChoice, app: App): Promise<Result<ReadCampaign>> {
  const path = resolve(app.cwd, choice.campaign);
  const looksLikePath = /[/\\]|\.ya?ml$/iu.test(choice.campaign);
  if (app.campaignFiles.isThere(path) || looksLikePath || !(await hasLedger(app)))
    return app.campaignFiles.read(path);
  return withCampaign(choice, 'read', app, (known) => campaignFileOf(known, app));
}
