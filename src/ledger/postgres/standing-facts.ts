import type { StandingQuestion } from '../../core/ledger/imports.js';
import type { PlannedMessages } from '../../core/planned-messages.js';
import type { Recipient } from '../../core/recipient.js';
import type { Fingerprint } from '../sql/fingerprint.js';
import { receivedSinceBy } from '../sql/frequency.js';
import type { ForgottenDelivery, GoneFromFile, KnownDelivery, StandingFacts } from '../sql/standings.js';
import type { Sql } from './database.js';

/** What is asked of every batch. */
export interface LookQuestion extends StandingQuestion {
  readonly canceled: boolean;
  readonly gone: GoneFromFile;
  readonly planned: PlannedMessages;
  /** null: nobody was ever forgotten. */
  readonly fingerprint: Fingerprint | null;
}

const KNOWN = `
  SELECT d.person, d.key, d.status, d.reason, c.body, c.header, c.attachment
  FROM unnest(@persons::text[], @keys::text[]) AS asked (person, key)
  JOIN deliveries d ON d.person = asked.person AND d.campaign_id = @campaignId AND d.key = asked.key
  JOIN contents c ON c.delivery_id = d.id`;

const HERE = `
  SELECT person, key, status, reason FROM deliveries
  WHERE person = ANY(@persons::text[]) AND campaign_id = @campaignId`;

/** Of the workspace; what the ledger holds of the campaign's own files is as old as its last send. */
const LISTED = `
  SELECT person FROM suppressions WHERE workspace = @workspace AND person = ANY(@persons::text[]) AND campaign_id = 0
    AND (expires_at IS NULL OR expires_at > @at)`;

const RECEIVED = receivedSinceBy('SELECT DISTINCT unnest(@persons::text[]) AS person');

/** What the ledger says about these people, asked at once. */
export async function factsAbout(
  sql: Sql,
  look: LookQuestion,
  recipients: readonly Recipient[],
): Promise<StandingFacts> {
  const persons = recipients.map(({ person }) => person);
  const prints = fingerprintsOf(look, persons);
  const known = await knownOf(sql, look.campaignId, recipients);
  const here = await forgottenOf(sql, look.campaignId, [...prints.values()]);
  const { workspace, at } = look;
  const listed = await personsOf(sql, LISTED, { workspace, at, persons: [...persons, ...prints.values()] });
  const received = await receivedBy(sql, look, [...persons, ...prints.values()]);
  return {
    canceled: look.canceled,
    gone: look.gone,
    planned: look.planned,
    known: (recipient) => known.get(identityOf(recipient)),
    forgotten: (person) => here.get(prints.get(person) ?? '') ?? [],
    isSuppressed: (person) =>
      look.suppressed.has(person) || listed.has(person) || listed.has(prints.get(person) ?? ''),
    received: (person) => (received.get(person) ?? 0) + (received.get(prints.get(person) ?? '') ?? 0),
  };
}

function fingerprintsOf(
  { fingerprint }: LookQuestion,
  persons: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(fingerprint === null ? [] : persons.map((person) => [person, fingerprint(person)]));
}

async function knownOf(
  sql: Sql,
  campaignId: number | null,
  recipients: readonly Recipient[],
): Promise<ReadonlyMap<string, KnownDelivery>> {
  if (campaignId === null) return new Map();
  const rows = await sql.rows<KnownDelivery & Pick<Recipient, 'person' | 'key'>>(KNOWN, {
    campaignId,
    persons: recipients.map(({ person }) => person),
    keys: recipients.map(({ key }) => key),
  });
  return new Map(rows.map((row) => [identityOf(row), row]));
}

async function forgottenOf(
  sql: Sql,
  campaignId: number | null,
  persons: readonly string[],
): Promise<ReadonlyMap<string, readonly ForgottenDelivery[]>> {
  if (persons.length === 0) return new Map();
  const rows = await sql.rows<ForgottenDelivery & Pick<Recipient, 'person'>>(HERE, { campaignId, persons });
  return Map.groupBy(rows, ({ person }) => person);
}

/** A person has digits alone, so that both can be told apart. */
function identityOf({ person, key }: Pick<Recipient, 'person' | 'key'>): string {
  return `${person} ${key}`;
}

async function personsOf(
  sql: Sql,
  text: string,
  asked: {
    readonly persons: readonly string[];
    readonly [name: string]: string | number | null | readonly string[];
  },
): Promise<ReadonlySet<string>> {
  if (asked.persons.length === 0) return new Set();
  return new Set((await sql.rows<{ person: string }>(text, asked)).map(({ person }) => person));
}

async function receivedBy(
  sql: Sql,
  { limit, workspace, at }: LookQuestion,
  persons: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (limit === null) return new Map();
  const asked = { persons, workspace, since: at - limit.perMs };
  const rows = await sql.rows<{ person: string; count: number }>(RECEIVED, asked);
  return new Map(rows.map(({ person, count }) => [person, count]));
}
