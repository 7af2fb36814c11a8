import type { Counts } from '../../core/counts.js';
import type { CampaignRecord, Requeued, RequeueFilter } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import { recordedNow } from '../actions/record-action.js';
import type { App } from '../app.js';
import { foretellApproval } from '../approval/require-approved.js';
import { withLocks } from '../held-campaign.js';
import type { KnownCampaign } from '../known-campaign.js';
import { type CampaignChoice, withCampaign } from '../open-ledger.js';
import { readPerson } from '../phones.js';
import { requireSendable, type SendRequest } from '../send/open-for-sending.js';
import { nextCommand } from '../status/next-command.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** Whom a retry is about. */
export interface RetryFilter extends Omit<RequeueFilter, 'person'> {
  /** As typed. */
  readonly phone: string | null;
}

/** What a retry came to. */
export interface PutBack extends Requeued {
  readonly record: CampaignRecord;
  readonly counts: Counts;
  /** What sends them, where nobody fits and others are pending already; null: nothing. */
  readonly next: string | null;
  /** What the send behind it is asked for. */
  readonly place: Pick<SendRequest, 'paths' | 'sandbox'>;
}

/**
 * Puts failed deliveries that fit back to pending.
 *
 * @param sending how they are sent then: what keeps that from beginning leaves everything as it is; null: not now
 */
export function putBack(
  choice: CampaignChoice,
  filter: RetryFilter,
  sending: Pick<SendRequest, 'overrides' | 'acceptLedger'> | null,
  app: App,
): Promise<Result<PutBack>> {
  return withCampaign(choice, 'existing', app, async (known, ledger) => {
    const { record } = known;
    const whom = await readFilter(filter, known, app);
    if (!whom.ok) return whom;
    const sandbox = choice.sandbox || record.workspace === SANDBOX_WORKSPACE;
    const place = { paths: [known.read?.campaign.file ?? record.file], sandbox };
    return withLocks(record, record.baseUrl, ledger, app, async () => {
      const sendable =
        sending === null ? ok(null) : await requireSendable({ ...sending, ...place }, ledger, app);
      if (!sendable.ok) return sendable;
      const approved = sending === null ? ok(null) : await foretellApproval(ledger, record, app);
      if (!approved.ok) return approved;
      const requeued = await requeue(record, whom.value, ledger, app);
      return requeued.ok ? ok({ ...requeued.value, place }) : requeued;
    });
  });
}

async function requeue(
  record: CampaignRecord,
  filter: RequeueFilter,
  { campaigns }: Ledger,
  app: App,
): Promise<Result<Omit<PutBack, 'place'>>> {
  const recorded = recordedNow(app);
  const requeued = await campaigns.requeue(record.id, filter, recorded);
  if (!requeued.ok) return requeued;
  const counts = await campaigns.counts(record.id);
  const waits = requeued.value.count === 0 && counts.pending > 0;
  const next = waits ? nextCommand({ record, counts, running: false, notNowForMs: null }, app) : null;
  return ok({ ...requeued.value, record, counts, next });
}

async function readFilter(
  { phone, ...filter }: RetryFilter,
  { read }: KnownCampaign,
  app: App,
): Promise<Result<RequeueFilter>> {
  if (phone === null) return ok({ ...filter, person: null });
  const person = await readPerson(phone, read?.campaign.recipients.country ?? null, '--phone', app);
  return person.ok ? ok({ ...filter, person: person.value }) : person;
}
