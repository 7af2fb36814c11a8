import { resolve } from 'node:path';
import { withLog } from '../../app/actions/read-log.js';
import { isCalendarDate, startOfLocalDay } from '../../core/moments.js';
import { ok } from '../../core/problem.js';
import { writeAtomically } from '../../files/atomic-file.js';
import { actionLines, actionsCsv } from '../../report/actions.js';
import type { Args, Cli } from '../command.js';
import { bothWantStdout, CommandFailure, EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

/** `log export`: what people did, as CSV or as a JSON document a line; to stdout without `-o`. */
export async function logCommand(args: Args, cli: Cli): Promise<number> {
  const output = args.text('output');
  const toStdout = output === null || output === '-';
  if (toStdout && cli.terminal.json) throw bothWantStdout();
  const filter = { by: null, campaign: args.text('campaign'), since: sinceOf(args), until: null };
  const write = args.required('format') === 'jsonl' ? actionLines : actionsCsv;
  const exported = await withLog(filter, cli, async (actions) => {
    if (!toStdout) return writeAtomically(resolve(cli.cwd, output), write(actions), 'person');
    for await (const chunk of write(actions)) await cli.terminal.raw(chunk);
    return ok(null);
  });
  const written = orFail(exported);
  if (written === null) return EXIT.done;
  cli.terminal.line(cli.translate('log.exported', { path: written.path }));
  if (cli.terminal.json)
    cli.terminal.document({ file: written.path, bytes: written.bytes, exitCode: EXIT.done });
  return EXIT.done;
}

/** The beginning of a day by this machine's calendar. */
function sinceOf(args: Args): number | null {
  const typed = args.text('since');
  if (typed === null) return null;
  if (!isCalendarDate(typed))
    throw new CommandFailure(EXIT.unusable, [{ code: 'log.since', params: { value: typed } }]);
  return startOfLocalDay(typed);
}
