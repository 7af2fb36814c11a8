import { createHash } from 'node:crypto';
import type { Sentence } from '../../locales/index.js';
import type { Html } from '../../markup/markup.js';

/** What a screen answers. */
export type Answer =
  | { readonly kind: 'page'; readonly status: number; readonly markup: Html }
  /** Part of a page that is asked for again and again: not sent where the browser has it already. */
  | { readonly kind: 'fragment'; readonly markup: Html }
  /** After a form: the page to look at next, and what that page says first. Reloading it repeats nothing. */
  | { readonly kind: 'redirect'; readonly to: string; readonly notice: Sentence | null }
  /** A file to keep. `policy`: where it is to be looked at instead, what it may do there. */
  | Download;

/** A file that leaves in pieces as they are made. */
export interface Download {
  readonly kind: 'download';
  readonly name: string;
  readonly type: string;
  readonly chunks: AsyncIterable<string | Uint8Array>;
  readonly policy?: string;
}

/** A part of a page for a browser that has the rest. */
export function fragment(markup: Html): Answer {
  return { kind: 'fragment', markup };
}

/** Leads on to a page of this site. */
export function redirect(to: string, notice: Sentence | null = null): Answer {
  return { kind: 'redirect', to, notice };
}

/**
 * The answer as it goes out. `known`: the marks of what the browser has already. `byScript`: a script sent the form, and goes
 * to the next page by itself: behind a redirect it would look at that page unseen.
 */
export function responseOf(answer: Answer, known: string | undefined, byScript = false): Response {
  switch (answer.kind) {
    case 'page':
      return htmlResponse(answer.markup.html, answer.status);
    case 'redirect':
      return byScript
        ? new Response(null, { status: 204, headers: { 'X-Plazcast-Next': answer.to } })
        : new Response(null, { status: 303, headers: { Location: answer.to } });
    case 'fragment': {
      const mark = `"${createHash('sha256').update(answer.markup.html).digest('base64url').slice(0, 22)}"`;
      const headers = { ETag: mark };
      if (known === mark) return new Response(null, { status: 304, headers });
      return htmlResponse(answer.markup.html, 200, headers);
    }
    case 'download':
      return new Response(bytesOf(answer.chunks), { headers: downloadHeaders(answer) });
  }
}

function htmlResponse(
  text: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } });
}

function downloadHeaders({ name, type, policy }: Download): Readonly<Record<string, string>> {
  const plain = name.replace(/[^\w.-]+/gu, '_');
  const named = `filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/gu, escapedByte)}`;
  return {
    'Content-Type': type,
    'Content-Disposition': `${policy === undefined ? 'attachment' : 'inline'}; ${named}`,
    ...(policy === undefined ? {} : { 'Content-Security-Policy': policy }),
  };
}

function escapedByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function bytesOf(chunks: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
    },
    cancel: async () => void (await pieces.return?.()),
  });
}
