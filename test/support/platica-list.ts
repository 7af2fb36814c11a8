/** A page of Platica with as many conversations as asked for; the list never ends. */
export function platicaPage(offset: number, count: number): unknown {
  const conversations = Array.from({ length: count }, (_, index) => ({
    id: `c${offset + index}`,
    conversationId: `5190000${String(offset + index).padStart(4, '0')}`,
    canSendDirectMessage: false,
    workspaceId: 'w',
    channelId: 'ch',
    contactName: 'Ana',
    phoneNumber: null,
    topic: null,
    platform: 'whatsapp',
    status: 'active',
    operation: null,
    messageCount: 1,
    messages: [],
    owners: [],
    tags: [],
    creationDate: '2026-01-01T00:00:00Z',
    lastUpdate: '2026-01-02T00:00:00Z',
  }));
  const pagination = { limit: count, offset, hasMore: true };
  return { workspaces: [{ id: 'w', name: 'W', conversations, conversationsCount: count, pagination }] };
}

/** Where a page that is asked for begins. */
export function offsetOf(url: string | undefined): number {
  return Number(new URL(url ?? '/', 'http://x').searchParams.get('offset') ?? 0);
}
