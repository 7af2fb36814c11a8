import { resolve } from 'node:path';
import { type ListedReplies, readReplies, repliedAt, replySummary } from '../../app/report/replies.js';
import { withReport } from '../../app/report/report-source.js';
import type { ListProvider } from '../../core/conversation.js';
import { ok, type Translate } from '../../core/problem.js';
import type { ReportRow, ReportSource, ReportStatus } from '../../core/report-data.js';
import { type FilePiece, writeAtomically } from '../../files/atomic-file.js';
import type { ReportFormat } from '../../report/file-name.js';
import { pageWords, READ_ON_PAGE } from '../../web/page-words.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { listExitCodeOf, sayListEnd, withShownList } from '../conversations/shown-list.js';
import { bothWantStdout, CommandFailure, EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { marked } from '../sandbox/marked.js';
import { delimiterOption, reportPathOf, statusesOption } from './report-options.js';

/** `report`: what became of everybody, as a file. `-o -` writes to stdout. */
export async function reportCommand(args: Args, cli: Cli): Promise<number> {
  const format = args.required('format') as ReportFormat;
  const statuses = statusesOption(args);
  const delimiter = delimiterOption(args);
  const output = args.text('output');
  // A report in JSON is one document itself.
  if (cli.terminal.json && output === '-' && format !== 'json') throw bothWantStdout();
  const reported = await withReport(campaignChoice(args), cli, async (plain, record) => {
    const listed = await listedReplies(args, cli);
    const source = await withReplies(plain, listed, cli);
    const chunks = await chunksOf({ format, source, statuses, delimiter, listed }, cli);
    const exitCode = listed === null ? EXIT.done : listExitCodeOf(listed.outcome);
    if (output === '-') {
      for await (const chunk of chunks) await cli.terminal.raw(chunk);
      return ok(exitCode);
    }
    const path = output === null ? await reportPathOf(record, format, cli) : resolve(cli.cwd, output);
    const written = await writeAtomically(path, chunks, output === null ? 'plazcast' : 'person');
    if (!written.ok) return written;
    const { bytes } = written.value;
    const replies = listed === null ? {} : { replies: (await source.summary()).replies };
    if (cli.terminal.json)
      cli.terminal.document({ campaign: record.name, report: path, bytes, ...replies, exitCode });
    cli.terminal.line(marked(cli.translate('report.written', { path }), record.workspace));
    return ok(exitCode);
  });
  return orFail(reported);
}

/**
 * Reads who replied, for `--replies-from`; null when it was not given. A list that cannot be read at all ends the
 * command; one that breaks off gives a report that is said to be incomplete.
 */
async function listedReplies(args: Args, cli: Cli): Promise<ListedReplies | null> {
  const provider = args.text('replies-from') as ListProvider | null;
  if (provider === null) return null;
  return withShownList(args, provider, true, cli, async (session) => {
    const listed = await readReplies(session, cli);
    if (!listed.ok) return listed;
    const { outcome, untold } = listed.value;
    if (outcome.pages === 0)
      throw new CommandFailure(listExitCodeOf(outcome), [outcome.problem ?? { code: 'list.interrupted' }]);
    if (sayListEnd(outcome, session.observer, 'none', cli) !== EXIT.done)
      cli.terminal.aside(cli.translate('replies.incomplete'));
    if (untold > 0) cli.terminal.aside(cli.translate('replies.untold', { count: untold }));
    return listed;
  });
}

/** Adds what a conversation list told about replies, and says it. */
async function withReplies(
  source: ReportSource,
  listed: ListedReplies | null,
  cli: Cli,
): Promise<ReportSource> {
  if (listed === null) return source;
  const replies = await replySummary(source, listed);
  cli.terminal.aside(
    cli.translate('replies.found', { replied: replies.replied, accepted: replies.accepted }),
  );
  if (replies.estimate) cli.terminal.aside(cli.translate('replies.estimate'));
  return { ...source, summary: async () => ({ ...(await source.summary()), replies }) };
}

/** What to write, and how. */
interface ReportRequest {
  readonly format: ReportFormat;
  readonly source: ReportSource;
  readonly statuses: readonly ReportStatus[] | null;
  readonly delimiter: string;
  readonly listed: ListedReplies | null;
}

async function chunksOf(
  { format, source, statuses, delimiter, listed }: ReportRequest,
  cli: Cli,
): Promise<AsyncIterable<FilePiece> | Iterable<FilePiece>> {
  const replies = listed === null ? {} : { replies: (row: ReportRow) => repliedAt(listed, row) };
  switch (format) {
    case 'csv': {
      const { csvReport } = await import('../../report/csv.js');
      return csvReport(source, { delimiter, statuses, ...replies });
    }
    case 'xlsx': {
      const { xlsxReport } = await import('../../report/xlsx.js');
      const { offsetMsAt } = await cli.campaignFiles.zones();
      const translate = readersWords(cli.translate, cli);
      return xlsxReport(source, translate, cli.language, { statuses, offsetMsAt, ...replies });
    }
    case 'json': {
      const { jsonReport } = await import('../../report/json.js');
      return jsonReport(source, { statuses, ...replies });
    }
    case 'html': {
      const { htmlReport } = await import('../../report/html.js');
      // Whoever reads the page may start plazcast in another way.
      const { loadTranslate } = await import('../translate.js');
      const translate = readersWords(await loadTranslate(cli.language), cli);
      return [htmlReport(await source.summary(), translate, cli.language)];
    }
  }
}

/** Who reads it on the page has no terminal: there it says what to press. */
function readersWords(translate: Translate, { host }: Cli): Translate {
  return host.env[READ_ON_PAGE] === undefined ? translate : pageWords(translate);
}
