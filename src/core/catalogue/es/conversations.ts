import type { conversationsEn } from '../en/conversations.js';

/** Spanish sentences: conversations, one for each English one. */
export const conversationsEs: Record<keyof typeof conversationsEn, string> = {};
