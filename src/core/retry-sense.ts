import type { ReportStatus } from './report-data.js';

/**
 * When it makes sense to send once more to people who ended with a status and a reason. `never`: the person cannot or must
 * not get it. `after-mending`: something has to be put right first. `after-a-day`, `after-an-hour`: the same may go through
 * later. `after-settling`: nobody knows yet whether it arrived. `by-itself`: the next send does it. `no`: there is nothing
 * to repeat.
 */
export type RetrySense =
  | 'never'
  | 'after-mending'
  | 'after-a-day'
  | 'after-an-hour'
  | 'after-settling'
  | 'by-itself'
  | 'no';

const BY_REASON: Readonly<Record<string, RetrySense>> = {
  'not-on-whatsapp': 'never',
  'not-reachable': 'never',
  'opted-out': 'never',
  'not-now': 'after-a-day',
  'row-data': 'after-mending',
  capped: 'by-itself',
};

/** When a retry makes sense; there is an answer for every status and reason. */
export function retrySense(status: ReportStatus, reason: string): RetrySense {
  switch (status) {
    case 'refused':
      return BY_REASON[reason] ?? 'after-mending';
    case 'exhausted':
      return BY_REASON[reason] ?? 'after-an-hour';
    case 'uncertain':
      return 'after-settling';
    case 'pending':
    case 'sending':
      return 'by-itself';
    case 'skipped':
      return BY_REASON[reason] ?? 'no';
    case 'rejected':
      return 'after-mending';
    case 'accepted':
      return 'no';
  }
}

/** Whether `retry` takes up people of this status at all. */
export function canRetry(status: ReportStatus): status is 'refused' | 'exhausted' {
  return status === 'refused' || status === 'exhausted';
}
