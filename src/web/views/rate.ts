import type { Visit } from '../visit.js';

/** A rate in the unit in which a person reads it at a glance: one per minute, and not 0.02 per second. */
export function rateText(
  { translate, format }: Pick<Visit, 'translate' | 'format'>,
  perSecond: number,
): string {
  const [unit, rate] =
    perSecond >= 1
      ? (['second', perSecond] as const)
      : perSecond * 60 >= 1
        ? (['minute', perSecond * 60] as const)
        : (['hour', perSecond * 3600] as const);
  const shown = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 }).format(rate);
  return translate('web.rate', { rate: shown, unit });
}

/** How long ago something was, as long as that tells more than the moment itself. */
export function agoText(
  { translate, format, app }: Pick<Visit, 'translate' | 'format' | 'app'>,
  at: number,
): string {
  const seconds = Math.max(0, Math.round((app.clock.now() - at) / 1000));
  if (seconds < 60) return translate('web.ago.seconds', { count: seconds });
  if (seconds < 3_600) return translate('web.ago.minutes', { count: Math.floor(seconds / 60) });
  return format.moment(at);
}

/** How long something takes, rounded as people say it. */
export function spanText({ translate }: Pick<Visit, 'translate'>, milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (milliseconds < 60_000) return translate('web.span.under-minute');
  if (minutes < 90) return translate('web.span.minutes', { count: minutes });
  const hours = Math.round(milliseconds / 3_600_000);
  return hours < 48
    ? translate('web.span.hours', { count: hours })
    : translate('web.span.days', { count: Math.round(hours / 24) });
}
