import { userInfo } from 'node:os';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../ledger/control.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { knownCampaign } from '../known-campaign.js';
import { openLedgerFile } from '../open-ledger-file.js';

/** `pause`, `resume` and `cancel`: said through the ledger, heard by a run that goes on within two seconds. */
export async function controlCommand(
  word: 'pause' | 'resume' | 'cancel',
  args: Args,
  cli: Cli,
): Promise<number> {
  const db = openLedgerFile(cli.ledgerFile, 'existing');
  try {
    const { record } = await knownCampaign(args.required('campaign'), args.flag('sandbox'), db, cli);
    const { name } = record;
    const by = operatorName();
    const at = systemClock.now();
    if (word === 'pause') {
      pauseCampaign(db, record.id, by, at);
      cli.terminal.line(cli.say('control.paused', { name }));
    } else if (word === 'resume') {
      resumeCampaign(db, record.id, by, at);
      cli.terminal.line(cli.say('control.resumed', { name }));
    } else {
      const count = cancelCampaign(db, record.id, by, at);
      cli.terminal.line(cli.say('control.canceled', { name, count }));
    }
    if (cli.terminal.json) cli.terminal.document({ campaign: name, control: word, exitCode: EXIT.done });
    return EXIT.done;
  } finally {
    db.close();
  }
}

/** Who gives the word: the account's name, for the record. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
