import type { ScanProgress } from '../../core/reconcile-report.js';
import type { Cli } from '../command.js';
import { showText } from './show-text.js';

/** A reading of the provider's list that is being shown. */
export interface ShownReading {
  readonly onPage: (progress: ScanProgress) => void;
  /** May be called again. */
  readonly close: () => void;
}

/**
 * Shows how far a reading of the provider's list is until it is closed: drawn over itself on a terminal, else a line now
 * and then. `uncertain`: for how many people it is read; null: for accepted ones alone.
 */
export async function showReading(uncertain: number | null, cli: Cli): Promise<ShownReading> {
  const { translate } = cli;
  let progress: ScanProgress = { pages: 0, records: 0 };
  const text = (): string =>
    uncertain === null
      ? translate('progress.reading-list', { ...progress })
      : translate('progress.reading', { ...progress, uncertain });
  const shown = await showText(text, cli);
  return {
    onPage: (read) => {
      progress = read;
    },
    close: shown.close,
  };
}
