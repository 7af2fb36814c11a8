import { type CopyProgress, copyLedger } from '../../app/ledger-copy/copy-ledger.js';
import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { ledgerPlace } from '../ledger-place.js';
import { orFail, orLocked } from '../problems.js';
import { showCopying } from './show-copying.js';

/** `ledger copy`: moves a ledger to another place, and closes the one it came from. */
export async function ledgerCopyCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate } = cli;
  const request = {
    from: await placed(args.required('from'), cli),
    to: await placed(args.required('to'), cli),
    again: args.flag('accept-ledger'),
  };
  const shown = await showCopying(cli);
  const heard = (progress: CopyProgress): void => shown.onProgress(progress);
  const moved = await copyLedger(request, cli, heard).finally(shown.close);
  const { from, to, tables } = orLocked(moved);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  terminal.line(translate('copy.done', { from, to, rows }));
  terminal.line(translate('copy.next', { from, to }));
  if (terminal.json) terminal.document({ from, to, rows, tables, exitCode: EXIT.done });
  return EXIT.done;
}

/** A path, or an address whose password is not shown from here on. */
async function placed(named: string, { cwd, ledgers, terminal }: Cli): Promise<string> {
  if (!isDatabaseAddress(named)) return ledgerPlace(named, cwd).file;
  terminal.hide(orFail(await ledgers.named(named)).secrets);
  return named;
}
