import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { SeenEntry, Suppression } from '../../core/ledger/people.js';
import { maskedPhone } from '../../core/masked-phones.js';
import type { Phone } from '../../core/phone.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import {
  type EntryOptions,
  EntryTally,
  readEntryOptions,
  type TypedEntry,
  type Unreadable,
} from './list-entries.js';

/** Puts numbers on a list: takes effect on what is still pending, also in a run that goes on. */
export async function addToList(
  typed: readonly string[],
  workspace: string,
  entry: TypedEntry,
  app: App,
): Promise<Result<EntryTally>> {
  const options = await readEntryOptions(entry, app);
  if (!options.ok) return options;
  const { reason, source, expiresAt, read } = options.value;
  return withLedger(app, 'create', async (ledger) => {
    const { lists } = ledger;
    const tally = new EntryTally((entries) => lists.add(workspace, entries, app.clock.now()));
    const phones = readAll(typed, read, (unreadable) => tally.missed(unreadable));
    const said = { reason: reason ?? 'manual', source: source ?? 'suppress add', expiresAt };
    await tally.take(phones.map(({ person, phone }): Suppression => ({ person, phone, ...said })));
    if (phones.length === 0) return ok(tally);
    const subject = named(phones.map(({ person }) => person));
    const after: ActionFacts = { people: phones.length, reason: said.reason, source: said.source };
    tally.unlogged = await unloggedBy(
      recordIn(ledger, { kind: 'suppressed', workspace, subject, after }, app),
    );
    return ok(tally);
  });
}

/** What was taken off a list. */
export interface RemovedEntries {
  readonly removed: number;
  /** People who were not on it. */
  readonly absent: number;
  readonly unreadable: readonly Unreadable[];
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/**
 * Takes numbers off a list: the next send may write to them again.
 *
 * @param seen the entry that the person looked at: what was said since, such as by an opt-out, is not taken back unseen
 */
export async function removeFromList(
  typed: readonly string[],
  workspace: string,
  country: string | null,
  app: App,
  seen: SeenEntry | null = null,
): Promise<Result<RemovedEntries>> {
  const options = await readEntryOptions({ reason: null, source: null, expires: null, country }, app);
  if (!options.ok) return options;
  const unreadable: Unreadable[] = [];
  const phones = readAll(typed, options.value.read, (one) => unreadable.push(one));
  const people = new Set(phones.map(({ person }) => person));
  return withLedger(app, 'existing', async (ledger) => {
    const removed = await ledger.lists.remove(workspace, people, seen);
    if (removed === 0 && seen !== null && (await isOnIt(ledger, workspace, people, app)))
      return failed({ code: 'suppress.changed-meanwhile' });
    const subject = named([...people]);
    const done = { kind: 'unsuppressed', workspace, subject, after: { people: removed } } as const;
    const unlogged = await unloggedBy(recordIn(ledger, done, app));
    return ok({ removed, absent: people.size - removed, unreadable, unlogged });
  });
}

async function isOnIt(
  { lists }: Ledger,
  workspace: string,
  people: Iterable<string>,
  { clock }: App,
): Promise<boolean> {
  for (const person of people) if (await lists.isOn(workspace, person, clock.now())) return true;
  return false;
}

/** Most people that the log names, masked, for one command. */
const MOST_NAMED = 5;

function named(people: readonly string[]): string {
  const shown = people.slice(0, MOST_NAMED).map(maskedPhone).join(', ');
  return people.length > MOST_NAMED ? `${shown}, …` : shown;
}

function readAll(
  typed: readonly string[],
  read: EntryOptions['read'],
  missed: (unreadable: Unreadable) => void,
): readonly Phone[] {
  return typed.flatMap((text) => {
    const phone = read(text);
    if (phone.ok) return [phone];
    missed({ typed: text, reason: phone.reason, at: null });
    return [];
  });
}
