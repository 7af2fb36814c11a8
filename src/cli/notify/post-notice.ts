import { Agent, request } from 'undici';
import type { Notice } from './notice.js';

/** What became of a notice: taken, or why not, in a word or two that hold no part of the address. */
export type Posted = { readonly ok: true } | { readonly ok: false; readonly detail: string };

const TRIES = 2;

/** Posts a notice as JSON, and once more when it is not taken. Each try ends after `timeoutMs`. */
export async function postNotice(url: string, notice: Notice, timeoutMs: number): Promise<Posted> {
  // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say: the address may hold a secret.
  const agent = new Agent({ connect: { rejectUnauthorized: true } });
  try {
    let posted: Posted = { ok: false, detail: '' };
    for (let tried = 0; tried < TRIES && !posted.ok; tried += 1)
      posted = await post(url, notice, timeoutMs, agent);
    return posted;
  } finally {
    await agent.destroy();
  }
}

async function post(url: string, notice: Notice, timeoutMs: number, dispatcher: Agent): Promise<Posted> {
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await body.dump();
    return statusCode >= 200 && statusCode < 300 ? { ok: true } : { ok: false, detail: `HTTP ${statusCode}` };
  } catch (error) {
    return { ok: false, detail: nameOf(error) };
  }
}

/** The error's code or name: its message could repeat the address, which may hold a secret. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
