import type { LastError, Progress } from '../../app/send/progress-tally.js';
import type { Wait } from '../../core/ports.js';
import type { Translate } from '../../core/problem.js';
import { saidText } from '../../core/said.js';
import { durationText } from './text.js';

/** One plain line about a run, for logs and pipes: with the reason, as the live view has it, when it is slower or something went wrong. */
export function plainLine(progress: Progress, translate: Translate): string {
  const { done, total, accepted, refused, uncertain, ratePerSecond } = progress;
  const rate = rateText(ratePerSecond);
  const left = stateText(progress, translate);
  const line = translate('progress.line', { done, total, accepted, refused, uncertain, rate, left });
  const { lastError } = progress;
  const why = [
    ...(isSlowed(progress) ? [rateLine(progress, translate)] : []),
    ...(lastError === null
      ? []
      : [translate('progress.last-error', { text: lastErrorText(lastError, translate) })]),
  ];
  return [line, ...why].join(' · ');
}

/** Whether the provider asked for a slower pace than the campaign's. */
function isSlowed({ pace: { currentPerSecond, limitPerSecond } }: Progress): boolean {
  return currentPerSecond < limitPerSecond * 0.99;
}

/** What a run is at: sending with so much time left, waiting for something, stopping; nothing when it is over. */
export function stateText(
  { phase, inFlight, wait, pausedMs, leftMs }: Progress,
  translate: Translate,
): string {
  if (phase === 'over') return '';
  // Also while stopping: it is what the end waits for.
  if (wait?.code === 'wait.ledger-busy')
    return translate('progress.waiting', { what: waitText(wait, translate) });
  if (phase === 'stopping') return translate('progress.stopping', { count: inFlight });
  if (wait !== null) return translate('progress.waiting', { what: waitText(wait, translate) });
  if (pausedMs > 1000) return translate('progress.provider-pause', { time: durationText(pausedMs) });
  if (leftMs === null) return translate('progress.starting');
  return translate('progress.left', { time: durationText(Math.max(leftMs, 1000)) });
}

/** How far the reading of the provider's list is; null: it is not read, or the run waits for it and says so anyway. */
export function readingText({ reading, wait }: Progress, translate: Translate): string | null {
  return reading === null || wait?.code === 'wait.list'
    ? null
    : translate('progress.reading', { ...reading });
}

/** What a run waits for, in words. */
export function waitText(wait: Wait, translate: Translate): string {
  const text = translate(wait);
  if (wait.untilAt === null) return text;
  const leftMs = wait.untilAt - Date.now();
  return leftMs > 1000 ? `${text} (${durationText(leftMs)})` : text;
}

/** The rate now against the limit, and what the provider made of it. */
export function rateLine(progress: Progress, translate: Translate): string {
  const { ratePerSecond, pace } = progress;
  const { limitPerSecond, currentPerSecond } = pace;
  const numbers = { rate: rateText(ratePerSecond), limit: rateText(limitPerSecond) };
  if (!isSlowed(progress)) return translate('progress.rate', numbers);
  return translate('progress.slowed', { ...numbers, now: rateText(currentPerSecond) });
}

/** What went wrong last, in words; what the provider said stands behind them. */
export function lastErrorText({ outcome, reason, answer }: LastError, translate: Translate): string {
  const { errorCode, httpStatus } = answer;
  const detail = saidText(
    errorCode ?? (httpStatus === null ? null : `HTTP ${httpStatus}`),
    answer.errorMessage,
  );
  const words =
    outcome === 'not-sent'
      ? translate('progress.failed-connection')
      : reasonText(reason ?? outcome, translate);
  return detail === '' ? words : `${words} (${detail})`;
}

/** A rate in at most four characters; one that is slow is not shown as none. */
export function rateText(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.1) return Math.max(0.01, perSecond).toFixed(2);
  return perSecond >= 10 || Number.isInteger(perSecond)
    ? String(Math.round(perSecond))
    : perSecond.toFixed(1);
}

/** Reasons of deliveries that there are words for. */
const REASONS = [
  'not-on-whatsapp',
  'not-reachable',
  'opted-out',
  'not-now',
  'row-data',
  'refused',
  'no-answer',
  'unclear-answer',
  'run-died',
  'in-list',
  'attempts-used-up',
  'deferred',
] as const;

/** The reason of a delivery in words; one that nobody has seen yet stays as it stands in the ledger. */
export function reasonText(reason: string, translate: Translate): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? reason : translate(`report.reason.${known}`);
}
