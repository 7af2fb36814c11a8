import { suppressionOf } from '../../core/consent.js';
import type { Conversation } from '../../core/conversation.js';
import type { Suppression } from '../../core/ledger/people.js';
import { parsePhone } from '../../recipients/phone.js';
import { countryOption } from '../audience/audience-phones.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { ListReading } from '../conversations/list-reading.js';
import { openList } from '../conversations/open-list.js';
import { withList } from '../conversations/with-list.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';
import { ANY_PHONE, sayAdded } from './change-list.js';
import { type EntryOptions, entryOptions } from './entry-options.js';
import { UnreadableNumbers } from './unreadable.js';

/**
 * `suppress import --from`: people blocked in ChatbotX, or marked as spam in Platica. What was read before a list
 * breaks off is taken in: nobody is written to by mistake because of it.
 */
export function importListed(
  provider: 'platica' | 'chatbotx',
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  const options = entryOptions(args);
  const country = countryOption(args);
  return withList(args, provider, cli, async ({ request, signal }) => {
    // ChatbotX hides who is blocked unless asked for it.
    const given = provider === 'chatbotx' ? { tags: ['blocked'] } : {};
    const list = orFail(await openList({ ...request, given }, cli, signal));
    const reading = new ListReading(list, cli, { max: null, showsProgress: true });
    const unreadable = new UnreadableNumbers();
    return withLedger(cli, 'create', async ({ lists }) => {
      let added = 0;
      let entries = 0;
      let untold = 0;
      for await (const page of reading.pages()) {
        const people = page.flatMap((one) => entriesOf(one, country, options, unreadable));
        added += await lists.add(workspace, people, systemClock.now());
        entries += people.length;
        untold += page.filter(isUntold).length;
      }
      const exitCode = reading.sayEnd();
      if (!reading.begun && exitCode !== EXIT.done && !cli.terminal.json) return exitCode;
      const counts = { action: 'import', workspace, added, known: entries - added } as const;
      if (untold > 0) cli.terminal.aside(cli.translate('suppress.untold', { count: untold }));
      const leastExitCode = Math.max(exitCode, untold > 0 ? EXIT.needsPerson : EXIT.done);
      return sayAdded(counts, unreadable, cli, { ...reading.json(), untold }, leastExitCode);
    });
  });
}

/** A person whom nobody can tell to be blocked or spam: somebody may be missing from the list. */
function isUntold({ typedPhone, untold }: Conversation): boolean {
  return typedPhone !== null && untold.some((mark) => mark === 'blocked' || mark === 'spam');
}

function entriesOf(
  conversation: Conversation,
  country: string | null,
  options: EntryOptions,
  unreadable: UnreadableNumbers,
): readonly Suppression[] {
  const listed = suppressionOf(conversation);
  if (listed === null) return [];
  const phone = parsePhone(listed.typedPhone, country, ANY_PHONE);
  if (!phone.ok) {
    unreadable.add({ typed: listed.typedPhone, reason: phone.reason, at: null });
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
