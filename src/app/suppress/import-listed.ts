import { suppressionOf } from '../../core/consent.js';
import type { Conversation } from '../../core/conversation.js';
import type { Suppression } from '../../core/ledger/people.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type ListOutcome, ListReading } from '../lists/list-reading.js';
import { type ListSession, openList } from '../lists/open-list.js';
import { withLedger } from '../open-ledger.js';
import {
  type EntryOptions,
  EntryTally,
  readEntryOptions,
  recordImport,
  type TypedEntry,
  takenIn,
} from './list-entries.js';

/** What a provider's list brought to a do-not-contact list. */
export interface ListedImport {
  readonly tally: EntryTally;
  readonly outcome: ListOutcome;
  /** People whom nobody can tell to be blocked or spam: somebody may be missing from the list. */
  readonly untold: number;
  /** People who are blocked or spam, of whom the list has no phone: they can be on no list of numbers. */
  readonly withoutPhone: number;
}

/**
 * Puts on a list who is blocked in ChatbotX, or marked as spam in Platica. What was read before the provider's list
 * breaks off is taken in: nobody is written to by mistake because of it.
 */
export async function importListed(
  session: ListSession,
  workspace: string,
  entry: TypedEntry,
  app: App,
): Promise<Result<ListedImport>> {
  const options = await readEntryOptions(entry, app);
  if (!options.ok) return options;
  // ChatbotX hides who is blocked unless asked for it.
  const list = await openList(
    session,
    app,
    session.request.provider === 'chatbotx' ? { tags: ['blocked'] } : {},
  );
  if (!list.ok) return list;
  const reading = new ListReading(list.value, session.observer);
  return withLedger(app, 'create', async (ledger) => {
    const { lists } = ledger;
    const tally = new EntryTally((entries) => lists.add(workspace, entries, app.clock.now()));
    let untold = 0;
    let withoutPhone = 0;
    const take = async (): Promise<void> => {
      for await (const page of reading.pages()) {
        await tally.take(page.flatMap((one) => entriesOf(one, options.value, tally)));
        untold += page.filter(isUntold).length;
        withoutPhone += page.filter(isNameless).length;
      }
    };
    await takenIn(take, () => recordImport(ledger, workspace, session.request.provider, tally, app), tally);
    return ok({ tally, outcome: reading.outcome(), untold, withoutPhone });
  });
}

function isUntold({ typedPhone, untold }: Conversation): boolean {
  return typedPhone !== null && untold.some((mark) => mark === 'blocked' || mark === 'spam');
}

function isNameless({ typedPhone, blocked, spam }: Conversation): boolean {
  return typedPhone === null && (blocked || spam);
}

function entriesOf(
  conversation: Conversation,
  options: EntryOptions,
  tally: EntryTally,
): readonly Suppression[] {
  const listed = suppressionOf(conversation);
  if (listed === null) return [];
  const phone = options.read(listed.typedPhone);
  if (!phone.ok) {
    tally.missed({ typed: listed.typedPhone, reason: phone.reason, at: null });
    return [];
  }
  return [
    {
      person: phone.person,
      phone: phone.phone,
      reason: options.reason ?? listed.reason,
      source: options.source ?? `${listed.source} ${listed.sourceId}`,
      expiresAt: options.expiresAt,
      ...(listed.at === null ? {} : { addedAt: listed.at }),
    },
  ];
}
