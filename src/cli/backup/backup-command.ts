import { resolve } from 'node:path';
import { backupLedger } from '../../ledger/backup.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** `backup`: a checked copy of the ledger, while a run goes on. */
export async function backupCommand(args: Args, cli: Cli): Promise<number> {
  const path = resolve(cli.cwd, args.required('file'));
  const db = openLedgerFile(cli.ledgerFile, 'read');
  try {
    const { file, bytes } = orFail(await backupLedger(db, path));
    cli.terminal.line(cli.say('backup.written', { path: file, kilobytes: Math.ceil(bytes / 1024) }));
    cli.terminal.line(cli.say('backup.restore', { ledger: cli.ledgerFile }));
    if (cli.terminal.json) {
      cli.terminal.document({ ledger: cli.ledgerFile, backup: file, bytes, exitCode: EXIT.done });
    }
    return EXIT.done;
  } finally {
    db.close();
  }
}
