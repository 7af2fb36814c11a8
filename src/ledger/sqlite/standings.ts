import type { Standing, StandingQuestion } from '../../core/ledger/imports.js';
import { PlannedMessages } from '../../core/planned-messages.js';
import type { RowVerdict } from '../../core/recipient.js';
import type { SeenPeople } from '../../core/seen-people.js';
import { knownFingerprint } from '../sql/fingerprint.js';
import { RECEIVED_SINCE } from '../sql/frequency.js';
import {
  type ForgottenDelivery,
  type GoneFromFile,
  type StandingFacts,
  standingBy,
} from '../sql/standings.js';
import { IS_SUPPRESSED } from '../sql/suppressions.js';
import { KnownDeliveries } from './known-deliveries.js';
import type { LedgerDatabase } from './open-ledger.js';
import { takeSteps } from './store.js';

/** Answers what rows would mean to the ledger, without writing anything. */
export function standingsOf(
  db: LedgerDatabase,
  question: StandingQuestion,
  seen: SeenPeople,
  gone: GoneFromFile,
): (verdicts: readonly RowVerdict[]) => (Standing | null)[] {
  const { campaignId } = question;
  const known = campaignId === null ? null : new KnownDeliveries(db, campaignId);
  const planned = new PlannedMessages(question.limit);
  const facts = { ...factsOf(db, question, known), gone, planned };
  const standingOf = (verdict: RowVerdict): Standing | null => {
    if (verdict.kind === 'rejection') return null;
    const { recipient } = verdict;
    const firstLine = seen.meet(recipient.person, recipient.key, recipient.line);
    return firstLine === null ? standingBy(facts, recipient) : { kind: 'duplicate', firstLine };
  };
  // Outside of a transaction every look takes and gives up the locks of the file, which takes longer than the look.
  return db.transaction((verdicts: readonly RowVerdict[]) => {
    known?.read(verdicts);
    return verdicts.map(standingOf);
  });
}

function factsOf(
  db: LedgerDatabase,
  q: StandingQuestion,
  known: KnownDeliveries | null,
): Omit<StandingFacts, 'gone' | 'planned'> {
  const { campaignId, workspace, at, limit } = q;
  // Of the workspace; what the ledger holds of the campaign's own files is as old as its last send.
  const suppressed = db.prepare(IS_SUPPRESSED);
  const received = db.prepare(RECEIVED_SINCE).pluck();
  const control = db.prepare('SELECT control FROM campaigns WHERE id = ?').pluck();
  const fingerprint = takeSteps(db, knownFingerprint());
  const ofPerson = db.prepare(
    'SELECT key, status, reason FROM deliveries WHERE person = ? AND campaign_id = ?',
  );
  const isListed = (person: string): boolean => suppressed.get({ workspace, person, at }) !== undefined;
  return {
    canceled: control.get(campaignId) === 'canceled',
    known: (recipient) => known?.of(recipient),
    forgotten: (person) =>
      fingerprint === null ? [] : (ofPerson.all(fingerprint(person), campaignId) as ForgottenDelivery[]),
    isSuppressed: (person) =>
      q.suppressed.has(person) || isListed(person) || (fingerprint !== null && isListed(fingerprint(person))),
    received: (person) => {
      if (limit === null) return 0;
      const names = fingerprint === null ? [person] : [person, fingerprint(person)];
      const got = names.map((name) =>
        Number(received.get({ person: name, workspace, since: at - limit.perMs })),
      );
      return got.reduce((sum, count) => sum + count, 0);
    },
  };
}
