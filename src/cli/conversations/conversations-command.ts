import { resolve } from 'node:path';
import { ListReading } from '../../app/lists/list-reading.js';
import { type ListSession, openList } from '../../app/lists/open-list.js';
import type { ListProvider } from '../../core/conversation.js';
import { chooseColumns } from '../../core/conversation-rows.js';
import { ok } from '../../core/problem.js';
import {
  type ConversationListFormat,
  type ConversationListText,
  conversationListText,
} from '../../report/conversation-list.js';
import type { Args, Cli } from '../command.js';
import { bothWantStdout, EXIT } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { delimiterOption } from '../report/report-options.js';
import { documentChunks, listChunks, NothingRead } from './list-chunks.js';
import { columnsOption } from './list-options.js';
import { listJson, sayListEnd, withShownList } from './shown-list.js';

/** `conversations`: a provider's list, written as it comes in. */
export async function conversationsCommand(args: Args, cli: Cli): Promise<number> {
  const format = args.required('format') as ConversationListFormat;
  const names = columnsOption(args);
  const delimiter = delimiterOption(args);
  const max = integerOption(args, 'max', 1);
  const output = args.text('output');
  if (cli.terminal.json && output === '-') throw bothWantStdout();
  const path = output === null || output === '-' ? null : resolve(cli.cwd, output);
  const provider = args.required('from') as ListProvider;
  return withShownList(args, provider, path !== null, cli, async (session) => {
    const list = await openList(session, cli);
    if (!list.ok) return list;
    const columns = chooseColumns(names, list.value.fields);
    if (!columns.ok) return columns;
    const reading = new ListReading(list.value, session.observer, max);
    const textIn = (as: ConversationListFormat) =>
      conversationListText(as, columns.value, { withRaw: names === null, delimiter, asFile: path !== null });
    if (path !== null) return ok(await toNamedFile(path, reading, textIn(format), session, cli));
    return ok(
      await (cli.terminal.json
        ? toDocument(reading, textIn('jsonl'), session, cli)
        : toStdout(reading, textIn(format), session, cli)),
    );
  });
}

async function toStdout(
  reading: ListReading,
  text: ConversationListText,
  { observer }: ListSession,
  cli: Cli,
): Promise<number> {
  const reader = { gone: false };
  cli.host.stdout.once('error', () => {
    reader.gone = true;
  });
  for await (const chunk of listChunks(reading, text)) {
    await cli.terminal.raw(chunk);
    // An error of a pipe is heard a turn later.
    await cli.turn();
    // The reader has seen enough, as `head` does: so have we.
    if (reader.gone) return EXIT.done;
  }
  return sayListEnd(reading.outcome(), observer, 'resume', cli);
}

async function toDocument(
  reading: ListReading,
  text: ConversationListText,
  { observer }: ListSession,
  cli: Cli,
): Promise<number> {
  let exitCode: number = EXIT.done;
  const tail = (): Readonly<Record<string, unknown>> => {
    const outcome = reading.outcome();
    exitCode = sayListEnd(outcome, observer, 'resume', cli);
    return { ...listJson(outcome, cli), exitCode };
  };
  for await (const chunk of documentChunks(reading, text, tail)) await cli.terminal.raw(chunk);
  return exitCode;
}

async function toNamedFile(
  path: string,
  reading: ListReading,
  text: ConversationListText,
  { observer }: ListSession,
  cli: Cli,
): Promise<number> {
  const { writeAtomically } = await import('../../files/atomic-file.js');
  const file = await writeAtomically(path, listChunks(reading, text, 'something'), 'person')
    .then((written) => orFail(written).path)
    .catch((error: unknown) => {
      if (error instanceof NothingRead) return null;
      throw error;
    });
  const outcome = reading.outcome();
  const exitCode = sayListEnd(outcome, observer, 'resume-file', cli);
  if (cli.terminal.json) cli.terminal.document({ ...listJson(outcome, cli), file, exitCode });
  const { records } = outcome;
  if (file !== null) cli.terminal.line(cli.translate('list.written', { records, path: file }));
  return exitCode;
}
