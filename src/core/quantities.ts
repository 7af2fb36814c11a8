import { failed, ok, type Result, shortened } from './problem.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const RATE_UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  min: 60,
  m: 60,
  h: 3600,
};

/** Fastest rate that a campaign may ask for; WhatsApp itself ends at 1,000/s per number. */
const FASTEST_PER_SECOND = 100_000;
/** Most requests at the same time: more sockets than this help nobody and run into the system's limits. */
export const MOST_CONCURRENT = 1_024;
/** Slowest: one message an hour. */
const SLOWEST_PER_SECOND = 1 / 3600;

/** Patterns of the written forms, for the JSON Schema and for the parsers below. */
export const WRITTEN = {
  rate: /^\s*(\d+(?:\.\d+)?)\s*\/\s*(sec|s|min|m|h)\s*$/,
  duration: /^\s*(\d+(?:\.\d+)?)\s*([smhd])\s*$/,
  percentage: /^\s*(\d+(?:\.\d+)?)\s*%\s*$/,
  recipientLimit: /^\s*(\d+)\s+per\s+(\d+(?:\.\d+)?\s*[smhd])\s*$/,
} as const;

/** Smallest and largest value that makes sense. Units are those of what is parsed. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Permits per second from `20/s`, `1200/min` or `5000/h`. The problem says how to write one. */
export function parseRate(text: string): Result<number> {
  const found = WRITTEN.rate.exec(text);
  const unit = RATE_UNIT_SECONDS[found?.[2] ?? ''];
  if (found === null || unit === undefined) {
    return failed({ code: 'campaign.rate', params: { value: shown(text), example: rateExample(text) } });
  }
  const perSecond = Number(found[1]) / unit;
  if (perSecond < SLOWEST_PER_SECOND || perSecond > FASTEST_PER_SECOND) {
    return failed({
      code: 'campaign.rate-out-of-range',
      params: { value: shown(text), fastest: FASTEST_PER_SECOND },
    });
  }
  return ok(perSecond);
}

/** A bare number is most likely meant per second. */
function rateExample(text: string): string {
  return /^\s*[1-9]\d{0,4}\s*$/.test(text) ? `${text.trim()}/s` : '20/s';
}

/** Milliseconds from `60s`, `10m`, `2h` or `7d`. */
export function parseDuration(text: string, bounds: Bounds): Result<number> {
  const durationMs = durationOf(text);
  if (durationMs === null) return failed({ code: 'campaign.duration', params: { value: shown(text) } });
  if (durationMs >= bounds.min && durationMs <= bounds.max) return ok(durationMs);
  const params = {
    value: shown(text),
    min: writtenDuration(bounds.min),
    max: writtenDuration(bounds.max),
  };
  return failed({ code: 'campaign.duration-out-of-range', params });
}

function durationOf(text: string): number | null {
  const found = WRITTEN.duration.exec(text);
  const unitMs = UNIT_MS[found?.[2] ?? ''];
  return found === null || unitMs === undefined ? null : Math.round(Number(found[1]) * unitMs);
}

/** A duration as it is written in a campaign file, in the largest unit that fits. */
export function writtenDuration(durationMs: number): string {
  const units = Object.entries(UNIT_MS).reverse();
  const fitting = units.find(([, unitMs]) => durationMs >= unitMs && durationMs % unitMs === 0);
  return fitting === undefined ? `${durationMs / SECOND_MS}s` : `${durationMs / fitting[1]}${fitting[0]}`;
}

/** A share (0 to 1) from a percentage such as `20%`; bounds in percent. */
export function parsePercentage(text: string, bounds: Bounds): Result<number> {
  const found = WRITTEN.percentage.exec(text);
  const percent = Number(found?.[1] ?? Number.NaN);
  if (percent >= bounds.min && percent <= bounds.max) return ok(percent / 100);
  return failed({ code: 'campaign.percentage', params: { value: shown(text), ...bounds } });
}

/** A whole number within bounds. Thousands may be set apart by `_`. */
export function parseInteger(text: string, bounds: Bounds): Result<number> {
  const digits = text.trim().replaceAll('_', '');
  const value = /^[+-]?\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (value >= bounds.min && value <= bounds.max) return ok(value);
  return failed({ code: 'campaign.integer', params: { value: shown(text), ...bounds } });
}

/** How often one person may be written to, from `1 per 7d`. */
export function parseRecipientLimit(
  text: string,
): Result<{ readonly count: number; readonly perMs: number }> {
  const found = WRITTEN.recipientLimit.exec(text);
  const count = Number(found?.[1] ?? Number.NaN);
  const perMs = durationOf(found?.[2] ?? '');
  const fits = count >= 1 && count <= 1_000 && perMs !== null && perMs >= MINUTE_MS && perMs <= 366 * DAY_MS;
  return fits
    ? ok({ count, perMs })
    : failed({ code: 'campaign.recipient-limit', params: { value: shown(text) } });
}

const LOOKS_SECRET = /^(?=.*\d)(?=.*[a-z])[\w.+/=-]{24,}$|^(?:bearer\s|pl_key_|sk-)/i;

/** A value for a message: short, on one line, and hidden when it looks like a credential in the wrong place. */
export function shown(value: string): string {
  return LOOKS_SECRET.test(value.trim()) ? '…' : shortened(value);
}
