import type { CampaignJson } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import type { Masking } from '../log/masking.js';
import { noticeOf } from './notice.js';

const TIMEOUT_MS = 10_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Which notice to send, and how. */
export interface NoticeRequest {
  readonly webhook: string | null;
  readonly document: CampaignJson;
  /** With the sandbox nothing leaves the machine: then only a loopback address is told. */
  readonly sandbox: boolean;
  readonly masking: Masking;
}

/** Posts the summary of a run to the campaign's webhook. A notice that fails is a remark, never an error. */
export async function notifyEnd(
  { webhook, document, sandbox, masking }: NoticeRequest,
  cli: Cli,
): Promise<void> {
  if (webhook === null) return;
  const { terminal, say, log } = cli;
  const { hostname: host } = new URL(webhook);
  const note = (text: string): void => terminal.aside(`${terminal.colours.yellow(say('cli.note'))} ${text}`);
  if (sandbox && !LOOPBACK.test(host)) return note(say('notify.sandbox', { host }));
  const { postNotice } = await import('./post-notice.js');
  const posted = await postNotice(webhook, noticeOf(document, systemClock.now(), masking), TIMEOUT_MS);
  const fields = { campaign: document.campaign, host };
  if (posted.ok) return log?.write('info', 'notice', fields, say('notify.posted', { host }));
  const sentence = say('notify.failed', { host, detail: posted.detail });
  log?.write('warn', 'notice', { ...fields, detail: posted.detail }, sentence);
  note(sentence);
}
