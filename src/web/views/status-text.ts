import type { ReportStatus } from '../../core/report-data.js';
import type { Visit } from '../visit.js';

/** A status as the first word of a line. */
export function statusText({ translate }: Pick<Visit, 'translate'>, status: ReportStatus): string {
  const word = translate(`status.word.${status}`);
  return word.charAt(0).toUpperCase() + word.slice(1);
}
