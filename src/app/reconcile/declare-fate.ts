import type { Counts } from '../../core/counts.js';
import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { CampaignRecord, Declaration, Declared } from '../../core/ledger/campaigns.js';
import { maskedPhone } from '../../core/masked-phones.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { recordedNow, recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLocks } from '../held-campaign.js';
import { type CampaignChoice, withCampaign } from '../open-ledger.js';
import { readPerson } from '../phones.js';

/** An operator's word, as typed. */
export interface TypedDeclaration extends Omit<Declaration, 'people' | 'fate'> {
  /** null: not said. */
  readonly fate: Declaration['fate'] | null;
  readonly phones: readonly string[];
}

/** A word that was taken. */
export interface DeclaredFate {
  readonly record: CampaignRecord;
  readonly fate: Declaration['fate'];
  /** Deliveries that it settled. */
  readonly count: number;
  readonly counts: Counts;
}

/** Takes an operator's word about people whose delivery is uncertain: who knows better has the last word. */
export function declareFate(
  choice: CampaignChoice,
  { fate, phones, key, note, tryAt = null }: TypedDeclaration,
  app: App,
): Promise<Result<DeclaredFate>> {
  return withCampaign(choice, 'existing', app, async ({ record, read }, ledger) => {
    if (fate === null || phones.length === 0) return failed({ code: 'reconcile.declare-incomplete' });
    const people: Declared[] = [];
    for (const phone of phones) {
      const person = await readPerson(phone, read?.campaign.recipients.country ?? null, '--phone', app);
      if (!person.ok) return person;
      people.push({ phone, person: person.value });
    }
    return withLocks(record, record.baseUrl, ledger, app, async () => {
      const recorded = recordedNow(app);
      const count = await ledger.campaigns.declare(record.id, { people, key, fate, note, tryAt }, recorded);
      if (!count.ok) return count;
      const { workspace, name: campaign } = record;
      const subject = people.map(({ person }) => maskedPhone(person)).join(', ');
      const after: ActionFacts = { fate, note, deliveries: count.value };
      await recordIn(ledger, { kind: 'declared', workspace, campaign, subject, after }, app);
      return ok({ record, fate, count: count.value, counts: await ledger.campaigns.counts(record.id) });
    });
  });
}
