import { describe, expect, it } from 'vitest';
import {
  type AudienceChoice,
  createAudience,
  type DropReason,
  decideAudience,
  KEEP_REASONS,
} from '../../src/core/audience.js';
import { suppressionOf } from '../../src/core/consent.js';
import type { Conversation } from '../../src/core/conversation.js';
import { conversation } from './conversation-sample.js';

/** Digits of at least eleven places are phones here; 521… and 52… are one person. */
const choice: AudienceChoice = {
  keep: new Set(),
  outsideWindow: false,
  readPhone: (typed) => {
    const phone = typed.replace(/\D/gu, '');
    return phone.length < 11 ? null : { phone, person: phone.replace(/^521/u, '52') };
  },
};

const reasons: readonly [DropReason, Partial<Conversation>][] = [
  ['no-phone', { typedPhone: null }],
  ['hash', { addressKind: 'hash' }],
  ['user-id', { addressKind: 'user-id' }],
  ['phone.invalid', { typedPhone: '12345' }],
  ['other-channel', { channel: 'telegram' }],
  ['spam', { spam: true }],
  ['blocked', { blocked: true }],
  ['archived', { archived: true }],
  ['unsubscribed', { subscribed: false }],
];

describe('an audience', () => {
  it.each(reasons)('leaves out for %s', (why, change) => {
    expect(decideAudience(conversation(change), choice, () => false)).toMatchObject({ kind: 'out', why });
  });

  it.each(reasons.filter(([why]) => (KEEP_REASONS as readonly string[]).includes(why)))(
    'keeps %s when it is asked to',
    (why, change) => {
      const keep = new Set(KEEP_REASONS.filter((reason) => reason === why));
      expect(decideAudience(conversation(change), { ...choice, keep }, () => false).kind).toBe('in');
    },
  );

  it('leaves out whose record does not tell what would keep them out, unless that is to be kept', () => {
    const untold = conversation({ untold: ['blocked', 'replied'] });
    const decide = (keep: readonly ('blocked' | 'spam')[]) =>
      decideAudience(untold, { ...choice, keep: new Set(keep) }, () => false);
    expect(decide([])).toMatchObject({ kind: 'out', why: 'untold' });
    expect(decide(['spam'])).toMatchObject({ kind: 'out', why: 'untold' });
    expect(decide(['blocked'])).toMatchObject({ kind: 'in' });
    expect(decideAudience(conversation({ untold: ['replied'] }), choice, () => false).kind).toBe('in');
  });

  it('takes in what nothing speaks against, also where the provider does not tell', () => {
    const silent = conversation({ subscribed: null, windowOpen: null, channel: null });
    expect(decideAudience(silent, { ...choice, outsideWindow: true }, () => false)).toEqual({
      kind: 'in',
      phone: '51987654321',
      person: '51987654321',
    });
  });

  it('leaves out people with an open window only when that is asked for', () => {
    const open = conversation({ windowOpen: true });
    expect(decideAudience(open, choice, () => false).kind).toBe('in');
    expect(decideAudience(open, { ...choice, outsideWindow: true }, () => false)).toMatchObject({
      why: 'window-open',
    });
  });

  it('has every person once, by identity', () => {
    const audience = createAudience(choice);
    audience.add(conversation({ typedPhone: '+5215512345678', id: 'a' }));
    audience.add(conversation({ typedPhone: '525512345678', id: 'b' }));
    expect([...audience.rows()]).toEqual([
      ['5215512345678', 'Ana Flores', 'Ana', 'Flores', '', 'vip,lima', '2026-01-02T00:00:00.000Z', 'a'],
    ]);
    expect(audience.dropped()).toMatchObject({ duplicate: 1 });
  });

  it.each<readonly [DropReason, Partial<Conversation>]>([
    ['blocked', { blocked: true }],
    ['spam', { spam: true }],
    ['unsubscribed', { subscribed: false }],
    ['window-open', { windowOpen: true }],
  ])('has nobody who is out for %s in another conversation, whichever comes first', (why, change) => {
    const both = [conversation({ id: 'a' }), conversation({ id: 'b', ...change })];
    for (const inOrder of [both, both.toReversed()]) {
      const audience = createAudience({ ...choice, outsideWindow: true });
      for (const one of inOrder) audience.add(one);
      expect(audience.size()).toBe(0);
      expect(audience.dropped()).toMatchObject({ [why]: 2, duplicate: 0 });
    }
  });

  it('keeps a person whose other conversation is only archived', () => {
    const audience = createAudience(choice);
    audience.add(conversation({ archived: true }));
    audience.add(conversation({ lastActivityAt: null, name: null }));
    expect([...audience.rows()]).toEqual([['51987654321', '', 'Ana', 'Flores', '', 'vip,lima', '', 'c1']]);
  });

  it('leaves cells empty for what is not known, and counts who has no phone', () => {
    const audience = createAudience(choice);
    audience.add(conversation({ firstName: null, lastName: null, email: 'ana@example.com', tags: [] }));
    audience.add(conversation({ typedPhone: null }));
    expect([...audience.rows()][0]?.slice(2, 6)).toEqual(['', '', 'ana@example.com', '']);
    expect(audience.dropped()).toMatchObject({ 'no-phone': 1 });
  });

  it('adds chosen columns at the end', () => {
    const city = { name: 'city', read: (one: Conversation) => (one.raw['contact'] as { city: string }).city };
    const audience = createAudience(choice, [city]);
    audience.add(conversation());
    expect([...audience.rows()][0]?.at(-1)).toBe('Lima');
  });
});

describe('a wish not to be written to', () => {
  it('is a blocked contact with its date, or spam', () => {
    const from = { typedPhone: '+51987654321', source: 'chatbotx', sourceId: 'c1' };
    expect(suppressionOf(conversation({ blocked: true, blockedAt: 5 }))).toEqual({
      ...from,
      reason: 'blocked',
      at: 5,
    });
    expect(suppressionOf(conversation({ spam: true, lastActivityAt: 7 }))).toEqual({
      ...from,
      reason: 'spam',
      at: 7,
    });
  });

  it('is nothing else, and nothing without a phone', () => {
    expect(suppressionOf(conversation({ archived: true, subscribed: false }))).toBeNull();
    expect(suppressionOf(conversation({ blocked: true, typedPhone: null }))).toBeNull();
  });
});
