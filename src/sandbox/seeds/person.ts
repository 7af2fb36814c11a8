import { chance, fingerprint, oneOf } from '../chance.js';
import { CHANNELS, FIRST_NAMES, HOMES, LAST_NAMES, TAGS } from './names.js';

/**
 * Somebody who has written to the shop: Platica and ChatbotX each show their own view. Moments: epoch
 * milliseconds.
 */
export interface Person {
  /** Counts from 1; people who were written to have numbers of their own. */
  readonly number: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Digits with country code; null: the person hides the number or came by another channel. */
  readonly phone: string | null;
  /** What stands where the phone would, for people without one: a user id, a hash, or nothing. */
  readonly alias: string | null;
  readonly country: string;
  readonly city: string;
  readonly timezone: string;
  readonly email: string | null;
  readonly channel: string;
  readonly tags: readonly string[];
  readonly spam: boolean;
  readonly followed: boolean;
  readonly botEnabled: boolean;
  readonly createdAt: number;
  readonly lastActivityAt: number;
  /** When the person wrote last, or null: never. */
  readonly contactRepliedAt: number | null;
  readonly adminRepliedAt: number | null;
  readonly agentLastReadAt: number | null;
  readonly archivedAt: number | null;
  readonly blockedAt: number | null;
  /** null: takes no broadcasts. */
  readonly subscribedAt: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OLDEST_DAYS = 180;

/**
 * Person number `number` of a seed, as of `now`; always the same but for the moments, which move with `now`.
 */
export function seededPerson(seed: number, number: number, now: number): Person {
  const roll = (what: string): number => chance(seed, 'person', number, what);
  const home = oneOf(HOMES, seed, number, 'home') ?? HOMES[0];
  const channel = oneOf(CHANNELS, seed, number, 'channel') ?? 'whatsapp';
  const firstName = oneOf(FIRST_NAMES, seed, number, 'first name') ?? '';
  const lastName = oneOf(LAST_NAMES, seed, number, 'last name') ?? '';
  const contactRepliedAt = Math.floor(now - lastWordAge(roll('word')));
  const answered = roll('answered') < 0.8;
  const after = contactRepliedAt + Math.floor(roll('answer') * HOUR_MS);
  const adminRepliedAt = answered && after < now ? after : null;
  const createdAt = contactRepliedAt - Math.floor(roll('created') * OLDEST_DAYS * DAY_MS);
  return {
    number,
    firstName,
    lastName,
    ...addressOf(seed, number, channel, home?.prefix ?? ''),
    country: home?.country ?? '',
    city: home?.city ?? '',
    timezone: home?.timezone ?? '',
    email: roll('email') < 0.4 ? `persona${number}@example.com` : null,
    channel,
    tags: TAGS.filter((tag) => roll(tag) < 0.2),
    spam: roll('spam') < 0.04,
    followed: roll('followed') < 0.1,
    botEnabled: roll('bot') < 0.7,
    createdAt,
    lastActivityAt: Math.max(contactRepliedAt, adminRepliedAt ?? 0),
    contactRepliedAt,
    adminRepliedAt,
    agentLastReadAt: roll('read') < 0.7 ? Math.min(now, after + 1_000) : createdAt,
    archivedAt: roll('archived') < 0.06 ? contactRepliedAt + 1 : null,
    // Half of the blocked ones are archived too, whatever the line above says.
    ...(roll('blocked') < 0.05 ? blocked(contactRepliedAt, roll('blocked and archived') < 0.5) : NOT_BLOCKED),
    subscribedAt: roll('subscribed') < 0.88 ? createdAt : null,
  };
}

const NOT_BLOCKED = { blockedAt: null };

function blocked(
  at: number,
  archived: boolean,
): { readonly blockedAt: number; readonly archivedAt?: number } {
  return archived ? { blockedAt: at + 1, archivedAt: at + 1 } : { blockedAt: at + 1 };
}

/** One person in four wrote within the last day: their service window is open. */
function lastWordAge(roll: number): number {
  return roll < 0.25 ? roll * 4 * DAY_MS * 0.95 : DAY_MS + ((roll - 0.25) / 0.75) ** 2 * OLDEST_DAYS * DAY_MS;
}

function addressOf(
  seed: number,
  number: number,
  channel: string,
  prefix: string,
): Pick<Person, 'phone' | 'alias'> {
  const roll = chance(seed, 'address', number);
  const phone = `${prefix}${String(number).padStart(5, '0')}`;
  if (channel === 'whatsapp') {
    if (roll < 0.88) return { phone, alias: null };
    if (roll < 0.94) return { phone: null, alias: `MX.1502${String(number).padStart(10, '0')}` };
    return { phone: null, alias: roll < 0.97 ? fingerprint('hash', String(number)) : null };
  }
  return roll < 0.2 ? { phone, alias: null } : { phone: null, alias: fingerprint(channel, String(number)) };
}
