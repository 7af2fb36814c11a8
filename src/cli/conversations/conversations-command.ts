import { resolve } from 'node:path';
import type { ListProvider } from '../../core/conversation.js';
import { chooseColumns } from '../../core/conversation-rows.js';
import type { ConversationListFormat, ConversationListText } from '../../report/conversation-list.js';
import { eventLoopTurn } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { delimiterOption } from '../report/report-options.js';
import { documentChunks, listChunks, NothingRead } from './list-chunks.js';
import { columnsOption } from './list-options.js';
import { ListReading } from './list-reading.js';
import { openList } from './open-list.js';
import { withList } from './with-list.js';

/** `conversations`: a provider's list, written as it comes in. */
export async function conversationsCommand(args: Args, cli: Cli): Promise<number> {
  const format = args.required('format') as ConversationListFormat;
  const names = columnsOption(args);
  const delimiter = delimiterOption(args);
  const max = integerOption(args, 'max', 1);
  const output = args.text('output');
  if (cli.terminal.json && output === '-') throw bothWantStdout();
  return withList(args, args.required('from') as ListProvider, cli, async ({ request, signal }) => {
    const list = orFail(await openList(request, cli, signal));
    const columns = orFail(chooseColumns(names, list.fields));
    const { conversationListText } = await import('../../report/conversation-list.js');
    const toFile = output !== null && output !== '-';
    const reading = new ListReading(list, cli, { max, showsProgress: toFile });
    const textIn = (as: ConversationListFormat) =>
      conversationListText(as, columns, { withRaw: names === null, delimiter });
    if (toFile) return toNamedFile(resolve(cli.cwd, output), reading, textIn(format), cli);
    if (cli.terminal.json) return toDocument(reading, textIn('jsonl'), cli);
    return toStdout(reading, textIn(format), cli);
  });
}

async function toStdout(reading: ListReading, text: ConversationListText, cli: Cli): Promise<number> {
  const reader = { gone: false };
  cli.host.stdout.once('error', () => {
    reader.gone = true;
  });
  for await (const chunk of listChunks(reading, text)) {
    await cli.terminal.raw(chunk);
    // An error of a pipe is heard a turn later.
    await eventLoopTurn();
    // The reader has seen enough, as `head` does: so have we.
    if (reader.gone) return EXIT.done;
  }
  return reading.sayEnd();
}

async function toDocument(reading: ListReading, text: ConversationListText, cli: Cli): Promise<number> {
  let exitCode: number = EXIT.done;
  const tail = (): Readonly<Record<string, unknown>> => {
    exitCode = reading.sayEnd();
    return { ...reading.json(), exitCode };
  };
  for await (const chunk of documentChunks(reading, text, tail)) await cli.terminal.raw(chunk);
  return exitCode;
}

async function toNamedFile(
  path: string,
  reading: ListReading,
  text: ConversationListText,
  cli: Cli,
): Promise<number> {
  const { writeAtomically } = await import('../../files/atomic-file.js');
  const file = await writeAtomically(path, listChunks(reading, text, 'something'), 'person')
    .then((written) => orFail(written).path)
    .catch((error: unknown) => {
      if (error instanceof NothingRead) return null;
      throw error;
    });
  const exitCode = reading.sayEnd();
  if (cli.terminal.json) cli.terminal.document({ ...reading.json(), file, exitCode });
  if (file !== null) cli.terminal.line(cli.translate('list.written', { ...reading.counts(), path: file }));
  return exitCode;
}

/** `--json` promises one document on stdout, so a list cannot go there, too. */
export function bothWantStdout(): CommandFailure {
  return new CommandFailure(EXIT.unusable, [{ code: 'cli.json-and-stdout' }]);
}
