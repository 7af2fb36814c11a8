import { isLoopback } from '../../core/public-host.js';
import type { CampaignJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import type { Masking } from '../log/masking.js';
import { noticeOf } from './notice.js';
import { type EndedCampaign, writeNoticeReport } from './notice-report.js';

/** Which notice to send, and how. */
export interface NoticeRequest {
  readonly webhook: string | null;
  readonly document: CampaignJson;
  /** What the report that the notice names is about. */
  readonly ended: EndedCampaign;
  /** With the sandbox nothing leaves the machine: then only a loopback address is told. */
  readonly sandbox: boolean;
  readonly masking: Masking;
}

/**
 * Writes the HTML report of a run's campaign and posts the summary, with its path, to the campaign's webhook. What
 * fails of it is a remark, never an error.
 */
export async function notifyEnd(
  { webhook, document, ended, sandbox, masking }: NoticeRequest,
  cli: Cli,
): Promise<void> {
  if (webhook === null) return;
  const { terminal, translate, log } = cli;
  const { hostname: host } = new URL(webhook);
  const note = (text: string): void =>
    terminal.aside(`${terminal.colours.yellow(translate('cli.note'))} ${text}`);
  if (sandbox && !isLoopback(host)) return note(translate('notify.sandbox', { host }));
  const report = await writeNoticeReport(ended, cli);
  const reportPath = 'path' in report ? report.path : null;
  if ('path' in report) terminal.line(translate('report.written', { path: report.path }));
  else note(translate('notify.report-failed', { detail: report.failure }));
  const { postNotice } = await import('./post-notice.js');
  const notice = noticeOf(document, reportPath, cli.clock.now(), masking);
  const secret = cli.environment.notifySecret;
  const posted = await postNotice(notice, { url: webhook, secret, clock: cli.clock });
  const fields = { campaign: document.campaign, host };
  if (posted.ok) return log?.write('info', 'notice', fields, translate('notify.posted', { host }));
  const sentence = translate('notify.failed', { host, detail: posted.detail });
  log?.write('warn', 'notice', { ...fields, detail: posted.detail }, sentence);
  note(sentence);
}
