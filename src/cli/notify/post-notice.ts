import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Clock } from '../../core/clock.js';
import type { Notice } from './notice.js';

/** What became of a notice: taken, or why not, in a word or two that hold no part of the address. */
export type Posted = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** Where a notice goes, and how. */
export interface NoticePost {
  readonly url: string;
  /** It is signed with this; null: it is not signed. */
  readonly secret: string | null;
  readonly clock: Clock;
}

/** Between one try and the next. */
const WAITS_MS = [300, 900, 2_700];
const LONGEST_TRY_MS = 5_000;
/** The end of a run is held up for no longer than this. */
const LONGEST_MS = 12_000;

/**
 * Posts a notice as JSON, and again while nobody answers, the server fails (5xx) or asks to wait (429): four times within
 * twelve seconds at most. All tries carry one id, so that whoever took it without saying so knows it again.
 */
export async function postNotice(notice: Notice, { url, secret, clock }: NoticePost): Promise<Posted> {
  // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say: the address may hold a secret.
  const agent = new Agent({ connect: { rejectUnauthorized: true } });
  const [body, id] = [JSON.stringify(notice), randomUUID()];
  const untilMs = clock.monotonicMs() + LONGEST_MS;
  try {
    for (let tried = 0; ; tried += 1) {
      const left = Math.max(1, Math.min(LONGEST_TRY_MS, untilMs - clock.monotonicMs()));
      const signed =
        secret === null ? {} : { 'x-plazcast-signature': signatureOf(body, secret, clock.now()) };
      const headers = { 'content-type': 'application/json', 'x-plazcast-id': id, ...signed };
      const { again, ...posted } = await post(url, body, headers, AbortSignal.timeout(left), agent);
      const waitMs = WAITS_MS[tried];
      if (!again || waitMs === undefined || clock.monotonicMs() + waitMs >= untilMs) return posted;
      await clock.sleep(waitMs);
    }
  } finally {
    await agent.destroy();
  }
}

async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  dispatcher: Agent,
): Promise<Posted & { readonly again: boolean }> {
  try {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal });
    const { statusCode } = answer;
    await answer.body.dump();
    if (statusCode >= 200 && statusCode < 300) return { ok: true, again: false };
    return { ok: false, detail: `HTTP ${statusCode}`, again: statusCode >= 500 || statusCode === 429 };
  } catch (error) {
    return { ok: false, detail: nameOf(error), again: true };
  }
}

/** The error's code or name: its message could repeat the address, which may hold a secret. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/**
 * What tells that a notice comes from whoever has the secret: `t=…,v1=…`, the moment in seconds and the HMAC-SHA256 of moment,
 * dot and body. With the moment in it, an old notice cannot be sent once more as a new one.
 */
export function signatureOf(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
