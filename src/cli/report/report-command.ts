import { resolve } from 'node:path';
import { knownCampaign } from '../../app/known-campaign.js';
import { reportSourceOf } from '../../app/report/report-source.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { ReportSource, ReportStatus } from '../../core/report-data.js';
import type { ReportFormat } from '../../report/file-name.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';
import { type ListedReplies, listedReplies, repliesOf, replySummary } from './replies.js';
import { delimiterOption, reportPathOf, statusesOption } from './report-options.js';

/** `report`: what became of everybody, as a file. `-o -` writes to stdout. */
export async function reportCommand(args: Args, cli: Cli): Promise<number> {
  const format = args.required('format') as ReportFormat;
  const statuses = statusesOption(args);
  const delimiter = delimiterOption(args);
  return withLedger(cli, 'read', async (ledger) => {
    const { record } = orFail(
      await knownCampaign(args.required('campaign'), args.flag('sandbox'), ledger, cli),
    );
    const listed = await listedReplies(args, cli);
    const source = await withReplies(await reportSourceOf(ledger, record, cli), listed, cli);
    const chunks = await chunksOf({ format, source, statuses, delimiter, listed }, cli);
    const exitCode = listed?.exitCode ?? EXIT.done;
    const output = args.text('output');
    if (output === '-') {
      for await (const chunk of chunks) await cli.terminal.raw(chunk);
      return exitCode;
    }
    const { writeAtomically } = await import('../../files/atomic-file.js');
    const path = await outputPath(output, record, format, cli);
    const written = orFail(await writeAtomically(path, chunks, output === null ? 'plazcast' : 'person'));
    const replies = listed === null ? {} : { replies: (await source.summary()).replies };
    if (cli.terminal.json) {
      cli.terminal.document({
        campaign: record.name,
        report: path,
        bytes: written.bytes,
        ...replies,
        exitCode,
      });
    }
    cli.terminal.line(cli.translate('report.written', { path }));
    return exitCode;
  });
}

async function outputPath(
  output: string | null,
  record: CampaignRecord,
  format: ReportFormat,
  cli: Cli,
): Promise<string> {
  return output === null ? await reportPathOf(record, format) : resolve(cli.cwd, output);
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
): Promise<AsyncIterable<string> | Iterable<string>> {
  const replies = listed === null ? {} : { replies: repliesOf(listed) };
  switch (format) {
    case 'csv': {
      const { csvReport } = await import('../../report/csv.js');
      return csvReport(source, { delimiter, statuses, ...replies });
    }
    case 'json': {
      const { jsonReport } = await import('../../report/json.js');
      return jsonReport(source, { statuses, ...replies });
    }
    case 'html': {
      const { htmlReport } = await import('../../report/html.js');
      return [htmlReport(await source.summary(), cli.translate, cli.language)];
    }
  }
}
