import { describe, expect, it } from 'vitest';
import { createReplyIndex, replyOf } from '../../src/core/replies.js';
import { conversation } from './conversation-sample.js';

const sentAt = Date.UTC(2026, 0, 1, 12);
const minutes = (count: number): number => sentAt + count * 60_000;
const platica = { provider: 'platica', windowOpen: true, contactRepliedAt: null } as const;

describe('a reply', () => {
  it('is certain where the provider tells when the person wrote', () => {
    expect(replyOf(conversation({ contactRepliedAt: minutes(5) }), sentAt)).toEqual({
      at: minutes(5),
      estimate: false,
    });
    expect(replyOf(conversation({ contactRepliedAt: minutes(-5) }), sentAt)).toBeNull();
  });

  it('is an estimate where only activity and an open window are known', () => {
    const active = conversation({ ...platica, lastActivityAt: minutes(5) });
    expect(replyOf(active, sentAt)).toEqual({ at: minutes(5), estimate: true });
  });

  it.each([
    ['the window is closed', { ...platica, windowOpen: false, lastActivityAt: minutes(5) }],
    ["the activity may be the campaign's own message", { ...platica, lastActivityAt: sentAt + 30_000 }],
    ['nothing is known of activity', { ...platica, lastActivityAt: null }],
    ["the provider's list holds sends only", { ...platica, provider: 'plazbot', lastActivityAt: minutes(5) }],
  ] as const)('is not assumed when %s', (_why, change) => {
    expect(replyOf(conversation(change), sentAt)).toBeNull();
  });
});

describe('replies of many people', () => {
  it('are found by person, the latest first', () => {
    const index = createReplyIndex();
    index.add('p', conversation({ contactRepliedAt: minutes(9) }));
    index.add('p', conversation({ contactRepliedAt: minutes(3) }));
    expect(index.replyAfter('p', sentAt)).toEqual({ at: minutes(9), estimate: false });
    expect(index.replyAfter('p', minutes(10))).toBeNull();
    expect(index.replyAfter('q', sentAt)).toBeNull();
  });

  it('are certain before they are estimates', () => {
    const index = createReplyIndex();
    index.add('p', conversation({ ...platica, lastActivityAt: minutes(20) }));
    expect(index.replyAfter('p', sentAt)).toEqual({ at: minutes(20), estimate: true });
    expect(index.replyAfter('p', minutes(20))).toBeNull();
    index.add('p', conversation({ contactRepliedAt: minutes(3) }));
    expect(index.replyAfter('p', sentAt)).toEqual({ at: minutes(3), estimate: false });
    index.add('p', conversation({ windowOpen: false }));
  });
});
