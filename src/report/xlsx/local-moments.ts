import type { Zones } from '../../core/schedule.js';
import { type Moment, momentCell } from '../../xlsx/sheet.js';

/** Clocks change at quarters of an hour: https://www.iana.org/time-zones. */
const QUARTER_MS = 900_000;

/** Moments (epoch milliseconds) as cells that show the clock of a zone. Neighbours mostly share their offset: it is looked up once. */
export function localMoments(
  timeZone: string,
  offsetMsAt: Zones['offsetMsAt'],
): (at: number | null) => Moment | null {
  let quarter = Number.NaN;
  let offsetMs = 0;
  return (at) => {
    if (at === null) return null;
    if (Math.floor(at / QUARTER_MS) !== quarter) {
      quarter = Math.floor(at / QUARTER_MS);
      offsetMs = offsetMsAt(timeZone, at);
    }
    return momentCell(at, offsetMs);
  };
}
