import type { CopyProgress } from '../../app/ledger-copy/copy-ledger.js';
import type { Cli } from '../command.js';
import { type ShownText, showText } from '../progress/show-text.js';

/** A copying that is being shown. */
export interface ShownCopying extends Pick<ShownText, 'close'> {
  readonly onProgress: (progress: CopyProgress) => void;
}

/** Shows how far the copying of a ledger is until it is closed. */
export async function showCopying(cli: Cli): Promise<ShownCopying> {
  let progress: CopyProgress = { phase: 'copy', done: 0, rows: 0 };
  const shown = await showText(() => {
    const { phase, done, rows } = progress;
    if (rows === 0) return cli.translate('copy.counting');
    return cli.translate(phase === 'copy' ? 'copy.copying' : 'copy.comparing', { done, rows });
  }, cli);
  return {
    onProgress: (now) => {
      progress = now;
    },
    close: shown.close,
  };
}
