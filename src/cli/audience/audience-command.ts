import { resolve } from 'node:path';
import { gatherAudience } from '../../app/audience/gather-audience.js';
import { AUDIENCE_COLUMNS, type Audience, DROP_REASONS, type KeepReason } from '../../core/audience.js';
import type { ListProvider } from '../../core/conversation.js';
import { ok } from '../../core/problem.js';
import { audienceCsv } from '../../report/conversation-list.js';
import type { Args, Cli } from '../command.js';
import { columnsOption } from '../conversations/list-options.js';
import { listJson, sayListEnd, withShownList } from '../conversations/shown-list.js';
import { bothWantStdout, EXIT, highest } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';

/** `audience`: turns a conversation list into a recipients file that `check` takes. */
export async function audienceCommand(args: Args, cli: Cli): Promise<number> {
  const output = args.required('output');
  if (cli.terminal.json && output === '-') throw bothWantStdout();
  const request = {
    keep: new Set(args.texts('keep') as readonly KeepReason[]),
    outsideWindow: args.flag('outside-window'),
    country: args.text('country'),
    columns: columnsOption(args),
    max: integerOption(args, 'max', 1),
  };
  const provider = args.required('from') as ListProvider;
  return withShownList(args, provider, output !== '-', cli, async (session) => {
    const gathered = await gatherAudience(request, session, cli);
    if (!gathered.ok) return gathered;
    const { audience, extra, outcomes } = gathered.value;
    const begun = outcomes.some(({ pages }) => pages > 0);
    const next = output === '-' ? 'resume' : 'resume-file';
    const read = highest(outcomes.map((outcome) => sayListEnd(outcome, session.observer, next, cli)));
    // Of another list something came.
    const exitCode = read === EXIT.unreachable && begun ? EXIT.halted : read;
    const columns = [...AUDIENCE_COLUMNS, ...extra.map(({ name }) => name)];
    const chunks = audienceCsv(columns, audience.rows(), output !== '-');
    const file = begun ? await write(output, chunks, cli) : null;
    if (begun) sayAudience(audience, file, output === '-' ? cli.terminal.aside : cli.terminal.line, cli);
    const [first] = outcomes;
    const ended = outcomes.find(({ complete }) => !complete) ?? first;
    if (cli.terminal.json && ended !== undefined) {
      const counts = { audience: audience.size(), dropped: audience.dropped() };
      cli.terminal.document({ ...listJson(ended, cli), ...counts, file, exitCode });
    }
    return ok(exitCode);
  });
}

/** Writes the file; null: it went to stdout. */
async function write(output: string, chunks: Iterable<string>, cli: Cli): Promise<string | null> {
  if (output === '-') {
    for (const chunk of chunks) await cli.terminal.raw(chunk);
    return null;
  }
  const { writeAtomically } = await import('../../files/atomic-file.js');
  return orFail(await writeAtomically(resolve(cli.cwd, output), chunks, 'person')).path;
}

function sayAudience(
  audience: Audience,
  file: string | null,
  line: (text: string) => void,
  { translate }: Cli,
): void {
  line(translate('audience.in', { count: audience.size() }));
  const dropped = audience.dropped();
  const reasons = DROP_REASONS.filter((reason) => dropped[reason] > 0);
  if (reasons.length > 0) line(translate('audience.left-out'));
  for (const reason of reasons) line(`  ${translate(`audience.${reason}`, { count: dropped[reason] })}`);
  if (file !== null) line(translate('audience.written', { path: file }));
}
