import { chance } from '../chance.js';
import type { SandboxContext } from '../context.js';
import { homeOf } from './names.js';
import { type Person, seededPerson } from './person.js';

/** The latest sends that are looked at for replies. */
const MOST_SENDS = 2_000;
const REPLYING_SHARE = 0.3;
/** Platica's lists tell a reply from the send itself only when it comes more than a minute later. */
const FIRST_REPLY_MS = 65_000;
const REPLIES_WITHIN_MS = 115_000;
/** Numbers of people that sends were executed to, apart from the seeded ones. */
const FIRST_SENT_NUMBER = 1_000_000;
const MOST_SENT_NUMBERS = 900_000_000;

/** The seeded people, made when they are first asked for. */
export function lazilySeeded(seed: number, count: number, startedAt: number): () => readonly Person[] {
  let people: readonly Person[] | null = null;
  return () => {
    people ??= Array.from({ length: count }, (_, index) => seededPerson(seed, index + 1, startedAt));
    return people;
  };
}

/**
 * Everybody the conversation lists show at this moment: the seeded people, those who arrived between requests
 * when that is asked for, and the people that sends were executed to. Three in ten of these reply, one to
 * three minutes after their send.
 */
export function peopleOf(context: SandboxContext, listRequests: number): readonly Person[] {
  const { seed, conversations, conversationsArrive } = context.settings;
  const now = context.now();
  const people = [...context.seededPeople()];
  for (let arrived = 1; arrived <= listRequests * conversationsArrive; arrived += 1) {
    const person = seededPerson(seed, conversations + arrived, context.startedAt);
    const moments = { createdAt: now, lastActivityAt: now, contactRepliedAt: now, adminRepliedAt: null };
    people.push({ ...person, ...moments, archivedAt: null, blockedAt: null });
  }
  const sends = context.log.latestSends(MOST_SENDS);
  return [...people, ...sends.map((send) => writtenTo(seed, send, now))];
}

function writtenTo(
  seed: number,
  { destination, at }: { readonly destination: string; readonly at: number },
  now: number,
): Person {
  const number = FIRST_SENT_NUMBER + Math.floor(chance(seed, 'number', destination) * MOST_SENT_NUMBERS);
  const replyAt = at + FIRST_REPLY_MS + Math.floor(REPLIES_WITHIN_MS * chance(seed, 'reply', destination));
  const replies = chance(seed, 'replies', destination) < REPLYING_SHARE;
  const contactRepliedAt = replies && replyAt <= now ? replyAt : null;
  const { country, city, timezone } = homeOf(destination);
  return {
    ...seededPerson(seed, number, at),
    ...{ country, city, timezone },
    phone: destination,
    alias: null,
    channel: 'whatsapp',
    spam: false,
    createdAt: at,
    lastActivityAt: contactRepliedAt ?? at,
    contactRepliedAt,
    adminRepliedAt: at,
    agentLastReadAt: at,
    archivedAt: null,
    blockedAt: null,
    subscribedAt: at,
  };
}
