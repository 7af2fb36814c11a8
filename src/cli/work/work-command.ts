import { type WorkDisplay, workRuns } from '../../app/work/work-runs.js';
import type { CampaignJson } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { integerOption } from '../options.js';
import { orFail, printProblems } from '../problems.js';
import { listenForStop } from '../send/stop-signals.js';
import { WorkedRuns } from './worked-runs.js';

/** More runs at a time than any computer has senders. */
const MOST_WORKERS = 64;

/** `work`: owns runs of the shared ledger until it is asked to end; asks nothing. */
export async function workCommand(args: Args, cli: Cli): Promise<number> {
  const workers = integerOption(args, 'workers', 1, MOST_WORKERS) ?? 1;
  const runs = new WorkedRuns(cli);
  const tell = (): void => {
    if (cli.terminal.json)
      cli.terminal.document({ campaigns: runs.documents, exitCode: exitCodeOf(runs.documents) });
  };
  const signals = listenForStop(cli.host, {
    stopping: () => runs.stopping(),
    stoppedHard: async () => {
      await runs.stoppedHard();
      tell();
    },
  });
  const waitAgain = cli.terminal.neverWait();
  try {
    const options = { workers, acceptFailover: args.flag('accept-failover') };
    orFail(await workRuns(options, signals.stop, displayOf(runs, workers, cli), cli));
    tell();
    return exitCodeOf(runs.documents);
  } finally {
    waitAgain();
    signals.close();
  }
}

function displayOf(runs: WorkedRuns, count: number, cli: Cli): WorkDisplay {
  const { terminal, translate, cwd } = cli;
  return {
    waits: (workspace) => terminal.aside(translate('work.waits', { workspace, workers: count })),
    owns: (run) => runs.begin(run),
    passes: ({ name }, problems) => {
      terminal.aside(translate('work.passes', { name }));
      printProblems(problems, terminal, translate, cwd);
    },
    away: (problem) => {
      terminal.aside(translate('work.away'));
      printProblems([problem], terminal, translate, cwd);
    },
  };
}

/** What became of campaigns is theirs: only a run that was left to others tells of this command. */
function exitCodeOf(documents: readonly CampaignJson[]): number {
  return documents.some(({ exitCode }) => exitCode === EXIT.interrupted) ? EXIT.interrupted : EXIT.done;
}
