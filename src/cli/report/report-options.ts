import { dirname, join } from 'node:path';
import { fileStemOf } from '../../app/workspace.js';
import { DELIVERY_STATUSES } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { localDay } from '../../core/moments.js';
import type { ReportStatus } from '../../core/report-data.js';
import type { ReportFormat } from '../../report/file-name.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';

const STATUSES: readonly string[] = [...DELIVERY_STATUSES, 'rejected'];
const DELIMITERS: Readonly<Record<string, string>> = { ',': ',', ';': ';', '|': '|', tab: '\t', '\t': '\t' };

/** Statuses to keep, or null for all: `--status refused,uncertain` or the option twice. */
export function statusesOption(args: Args): readonly ReportStatus[] | null {
  const words = args
    .texts('status')
    .flatMap((text) => text.split(','))
    .map((word) => word.trim());
  if (words.length === 0) return null;
  const wrong = words.find((word) => !STATUSES.includes(word));
  if (wrong !== undefined) throw badChoice('--status', STATUSES, wrong);
  return words as ReportStatus[];
}

/** The delimiter of a CSV, `,` unless another is asked for. */
export function delimiterOption(args: Args): string {
  const word = args.text('delimiter') ?? ',';
  const delimiter = DELIMITERS[word];
  if (delimiter === undefined) throw badChoice('--delimiter', [', ; | tab'], word);
  return delimiter;
}

function badChoice(option: string, choices: readonly string[], value: string): CommandFailure {
  const params = { option, choices: choices.join(', '), value };
  return new CommandFailure(EXIT.unusable, [{ code: 'cli.bad-choice', params }]);
}

/** Where a report goes unless told otherwise: beside the campaign file, with today's date (local time) in its name. */
export async function reportPathOf(
  record: CampaignRecord,
  format: ReportFormat,
  { clock }: Pick<Cli, 'clock'>,
): Promise<string> {
  const { reportFileName } = await import('../../report/file-name.js');
  return join(dirname(record.file), reportFileName(fileStemOf(record), localDay(clock.now()), format));
}
