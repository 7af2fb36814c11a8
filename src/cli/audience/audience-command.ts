import { resolve } from 'node:path';
import {
  AUDIENCE_COLUMNS,
  type Audience,
  createAudience,
  DROP_REASONS,
  type KeepReason,
} from '../../core/audience.js';
import type { ListProvider } from '../../core/conversation.js';
import { audienceCsv } from '../../report/conversation-list.js';
import type { Args, Cli } from '../command.js';
import { bothWantStdout } from '../conversations/conversations-command.js';
import { ListReading } from '../conversations/list-reading.js';
import { type ListSession, withList } from '../conversations/with-list.js';
import { EXIT, highest } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { countryOption, phoneReader } from './audience-phones.js';
import { extraColumns } from './extra-columns.js';
import { openReadings } from './keep-hidden.js';

/** `audience`: turns a conversation list into a recipients file that `check` takes. */
export async function audienceCommand(args: Args, cli: Cli): Promise<number> {
  const output = args.required('output');
  if (cli.terminal.json && output === '-') throw bothWantStdout();
  const provider = args.required('from') as ListProvider;
  return withList(args, provider, cli, (session) => gather(args, session, output, cli));
}

async function gather(args: Args, session: ListSession, output: string, cli: Cli): Promise<number> {
  const keep = new Set(args.texts('keep') as readonly KeepReason[]);
  const country = countryOption(args);
  const max = integerOption(args, 'max', 1);
  const lists = orFail(await openReadings(session, keep, cli));
  const extra = orFail(extraColumns(args, lists[0].fields));
  const choice = { keep, outsideWindow: args.flag('outside-window'), readPhone: phoneReader(country) };
  const audience = createAudience(choice, extra);
  const seen = new Set<string>();
  const options = { max, showsProgress: output !== '-', said: new Set<string>() };
  const readings = lists.map((list) => new ListReading(list, cli, options));
  for (const reading of readings) {
    for await (const page of reading.pages()) {
      for (const conversation of page) {
        const { id } = conversation;
        if (id !== '' && seen.has(id)) continue;
        if (lists.length > 1 && id !== '') seen.add(id);
        audience.add(conversation);
      }
    }
    if (!reading.complete) break;
  }
  const begun = readings.some((reading) => reading.begun);
  const exitCode = highest(readings.map((reading) => reading.sayEnd()));
  const columns = [...AUDIENCE_COLUMNS, ...extra.map(({ name }) => name)];
  const file = begun ? await write(output, audienceCsv(columns, audience.rows()), cli) : null;
  if (begun) sayAudience(audience, file, output === '-' ? cli.terminal.aside : cli.terminal.line, cli);
  if (cli.terminal.json) {
    const ended = readings.find((reading) => !reading.complete) ?? readings[0];
    const counts = { audience: audience.size(), dropped: audience.dropped() };
    cli.terminal.document({ ...ended?.json(), ...counts, file, exitCode });
  }
  return exitCode === EXIT.unreachable && begun ? EXIT.halted : exitCode;
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
