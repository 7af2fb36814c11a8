import { resolve } from 'node:path';
import { backUp } from '../../app/backup/back-up.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

/** `backup`: a checked copy of the ledger, while a run goes on. */
export async function backupCommand(args: Args, cli: Cli): Promise<number> {
  const path = resolve(cli.cwd, args.required('file'));
  const { file, bytes } = orFail(await backUp(path, cli));
  cli.terminal.line(cli.translate('backup.written', { path: file, kilobytes: Math.ceil(bytes / 1024) }));
  cli.terminal.line(cli.translate('backup.restore', { ledger: cli.ledgerFile }));
  if (cli.terminal.json) {
    cli.terminal.document({ ledger: cli.ledgerFile, backup: file, bytes, exitCode: EXIT.done });
  }
  return EXIT.done;
}
