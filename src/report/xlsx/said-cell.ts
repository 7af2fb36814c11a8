import type { ReasonCount } from '../../core/report-data.js';
import { connectionEnd, isSettled, saidBy } from '../../core/said.js';
import type { Cell } from '../../xlsx/sheet.js';
import type { SheetView } from './view.js';

/**
 * What the provider said, in its own words; or how the connection ended, with what was seen of it behind. Of people who got
 * enough already: when they may get a message again. Of repeated rows: where the first one is.
 */
export function saidCell(
  { reason, errorMessage: said }: { readonly reason: string | null } & Pick<ReasonCount, 'errorMessage'>,
  { moment, translate }: SheetView,
): Cell {
  if (reason === null || said === null || said === '') return said;
  if (isSettled(reason)) return null;
  if (saidBy(reason) === 'connection')
    return `${translate('report.connection', { how: connectionEnd(said) })} (${said})`;
  const [, line] = reason === 'duplicate' ? (/^line (\d+)$/u.exec(said) ?? []) : [];
  if (line !== undefined) return translate('plan.line', { line: Number(line) });
  const at = reason === 'capped' ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? said : moment(at);
}
