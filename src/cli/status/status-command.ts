import { listCampaigns } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { type CampaignJson, documentOf, haltedJson } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { knownCampaign } from '../known-campaign.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { type CampaignStatus, campaignStatus } from './campaign-status.js';
import { statusLines } from './status-lines.js';

const WATCH_EVERY_MS = 1_000;

/** `status`: what the ledger knows, of one campaign or of all. */
export async function statusCommand(args: Args, cli: Cli): Promise<number> {
  const db = openLedgerFile(cli.ledgerFile, 'read');
  try {
    if (args.flag('watch') && !cli.terminal.json) return await watch(args, db, cli);
    const statuses = await readStatuses(args, db, cli);
    if (cli.terminal.json) cli.terminal.document(statusDocument(statuses, args.text('campaign') !== null, cli));
    else for (const line of allLines(statuses, cli)) cli.terminal.line(line);
    return EXIT.done;
  } finally {
    db.close();
  }
}

async function readStatuses(args: Args, db: LedgerDatabase, cli: Cli): Promise<readonly CampaignStatus[]> {
  const name = args.text('campaign');
  if (name === null) return listCampaigns(db, null).map((record) => campaignStatus(db, record, cli));
  const { record } = await knownCampaign(name, args.flag('sandbox'), db, cli);
  return [campaignStatus(db, record, cli)];
}

function allLines(statuses: readonly CampaignStatus[], cli: Cli): readonly string[] {
  if (statuses.length === 0) return [cli.say('ledger.no-campaigns', { file: cli.ledgerFile })];
  return statuses.flatMap((status, index) => [...(index === 0 ? [] : ['']), ...statusLines(status, cli)]);
}

/** Draws the status over itself until the reader presses Ctrl-C, or, without a terminal, until nothing runs. */
async function watch(args: Args, db: LedgerDatabase, cli: Cli): Promise<number> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(process.stdout);
  for (;;) {
    const statuses = await readStatuses(args, db, cli);
    const lines = allLines(statuses, cli);
    if (!cli.terminal.live) {
      for (const line of lines) cli.terminal.line(line);
      if (statuses.every(({ holder }) => holder === null)) return EXIT.done;
    } else update(lines.join('\n'));
    await systemClock.sleep(WATCH_EVERY_MS);
  }
}

function statusDocument(statuses: readonly CampaignStatus[], one: boolean, cli: Cli): unknown {
  const documents = statuses.map((status) => statusJson(status, cli));
  return one ? documentOf(documents, EXIT.done) : { campaigns: documents, exitCode: EXIT.done };
}

function statusJson(status: CampaignStatus, { say }: Cli): CampaignJson {
  const { record, counts, holder, lastRun, halt, waiting, nextDueAt, reasons, next } = status;
  return {
    campaign: record.name,
    counts,
    halted: haltedJson(halt, say),
    running: holder,
    control: record.control,
    waiting: waiting === null ? null : { code: waiting.code, message: say(waiting.code, waiting.params) },
    nextDueAt: nextDueAt === null || nextDueAt === 0 ? null : new Date(nextDueAt).toISOString(),
    lastRun:
      lastRun === null
        ? null
        : {
            startedAt: new Date(lastRun.startedAt).toISOString(),
            endedAt: lastRun.endedAt === null ? null : new Date(lastRun.endedAt).toISOString(),
            ratePerSecond: lastRun.ratePerSecond,
          },
    reasons,
    next,
    exitCode: EXIT.done,
  };
}
