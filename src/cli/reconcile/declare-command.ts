import { declareFate, type TypedDeclaration } from '../../app/reconcile/declare-fate.js';
import { noRun } from '../campaign-json.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orLocked } from '../problems.js';

/** `reconcile --phone N [--key KEY] --declare accepted|absent --note TEXT`. */
export async function declareCommand(args: Args, cli: Cli): Promise<number> {
  const typed = args.text('declare');
  const declaration: TypedDeclaration = {
    fate: typed === 'accepted' || typed === 'absent' ? typed : null,
    phones: args.texts('phone'),
    key: args.text('key'),
    note: args.text('note') ?? '',
  };
  const declared = orLocked(await declareFate(campaignChoice(args), declaration, cli));
  const { record, fate, count, counts } = declared;
  cli.terminal.line(cli.translate(`reconcile.declared-${fate}`, { count }));
  if (cli.terminal.json) {
    cli.terminal.document({
      campaign: record.name,
      counts,
      run: noRun(0),
      declared: { fate, count },
      halted: null,
      exitCode: EXIT.done,
    });
  }
  return EXIT.done;
}
