import type { ListOutcome } from '../../app/lists/list-reading.js';
import {
  type ListObserver,
  type ListRequest,
  type ListSession,
  withList,
} from '../../app/lists/open-list.js';
import { type ListProvider, listExitCode, type ResumePosition } from '../../core/conversation.js';
import type { GivenOptions } from '../../core/conversation-options.js';
import { LIST_OPTION_NAMES } from '../../core/list-option-tables.js';
import type { Result } from '../../core/problem.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { sayVisibleId } from '../options.js';
import { orFail, printProblems } from '../problems.js';
import { listenForStop } from '../send/stop-signals.js';

/**
 * Works with the list that the command line asks for, and says what there is to say meanwhile. Ctrl-C ends the reading
 * in order.
 *
 * @param showsProgress draw the number of records on a terminal while they come in
 */
export async function withShownList<T>(
  args: Args,
  provider: ListProvider,
  showsProgress: boolean,
  cli: Cli,
  work: (session: ListSession) => Promise<Result<T>>,
): Promise<T> {
  const request = listRequestOf(args, provider);
  const signals = listenForStop(cli.host, {
    stopping: () => cli.terminal.aside(`\n${cli.translate('list.stopping')}`),
    stoppedHard: () => undefined,
  });
  try {
    const observer = await listShown(showsProgress, cli);
    return orFail(
      await withList(request, { signal: signals.stop, observer }, cli, (session) => {
        if (provider === 'plazbot' && !request.sandbox && request.workspaceId !== null)
          sayVisibleId(request.workspaceId, cli);
        return work(session);
      }),
    );
  } finally {
    signals.close();
  }
}

function listRequestOf(args: Args, provider: ListProvider): ListRequest {
  return {
    provider,
    given: Object.fromEntries([...LIST_OPTION_NAMES].map((name) => [name, givenOption(args.raw(name))])),
    baseUrl: args.text('base-url'),
    workspaceId: args.text('workspace'),
    api: args.text('api') === 'current' ? 'current' : 'classic',
    sandbox: args.flag('sandbox'),
  };
}

function givenOption(value: unknown): GivenOptions[string] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

async function listShown(showsProgress: boolean, cli: Cli): Promise<ListObserver> {
  const { terminal, translate } = cli;
  const said = new Set<string>();
  return {
    waiting: (provider, { reason, ms, page }) => {
      const code = reason === 'throttled' ? 'list.waiting.throttled' : 'list.waiting.retry';
      terminal.aside(translate(code, { provider, page, seconds: Math.ceil(ms / 1000) }));
    },
    // Where several readings follow each other, none is said twice.
    notice: (notice) => {
      if (said.has(notice.code)) return;
      said.add(notice.code);
      terminal.aside(`${terminal.colours.yellow(translate('cli.note'))} ${translate(notice)}`);
    },
    progress: showsProgress && terminal.live ? await progressLine(cli) : () => undefined,
  };
}

async function progressLine({ terminal, translate }: Cli): Promise<ListObserver['progress']> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(terminal.screen);
  return (records) => {
    if (records === null) {
      terminal.hold(null);
      update.clear();
      update.done();
      return;
    }
    const text = translate('list.progress', { records });
    terminal.hold({ lift: () => update.clear(), drop: () => update(text) });
    update(text);
  };
}

/** 0 when a list was read as far as was asked for, and something of it could be used. */
export function listExitCodeOf({ end, nothingUsable }: ListOutcome): number {
  const read = end === null ? EXIT.done : listExitCode(end);
  return read === EXIT.done && nothingUsable ? EXIT.halted : read;
}

/**
 * How a list that broke off is gone on with: from there (`resume`), from there into another file (`resume-file`), with
 * the whole command once more (`again`), or not at all.
 */
export type NextReading = 'resume' | 'resume-file' | 'again' | 'none';

/** Says on stderr how a reading ended, if it was not to its end, and what comes next. Returns the exit code. */
export function sayListEnd(
  outcome: ListOutcome,
  { notice }: Pick<ListObserver, 'notice'>,
  next: NextReading,
  cli: Cli,
): number {
  const { terminal, translate, cwd } = cli;
  const { problem, unreadable, records, pages, end, resume } = outcome;
  if (problem !== null) printProblems([problem], terminal, translate, cwd);
  else if (unreadable > 0) notice({ code: 'list.unreadable', params: { count: unreadable } });
  const exitCode = listExitCodeOf(outcome);
  if (outcome.complete) return exitCode;
  if (end?.kind === 'interrupted') terminal.aside(translate('list.interrupted'));
  if (exitCode === EXIT.unreachable) return exitCode;
  terminal.aside(translate('list.incomplete', { records, pages }));
  if (next === 'again' && !helpsNothing(outcome)) terminal.aside(translate('list.incomplete.again'));
  else if (next !== 'again' && next !== 'none' && resume !== null)
    terminal.aside(translate(`list.incomplete.${next}`, resumeParams(resume)));
  return exitCode;
}

/** A request that was refused for what it is, and an address that has no such list, answer the same once more. */
function helpsNothing({ end, pages }: ListOutcome): boolean {
  if (end?.kind !== 'failed') return false;
  return end.problem.code === 'list.refused' || (end.cause === 'answer' && pages === 0);
}

/** How a reading ended, for `--json`. */
export function listJson(outcome: ListOutcome, { translate }: Cli): Readonly<Record<string, unknown>> {
  const { provider, records, pages, unreadable, complete, problem, resume } = outcome;
  const said = problem && { code: problem.code, message: translate(problem) };
  return { from: provider, records, pages, unreadable, complete, problem: said, resume };
}

/** A value as a shell takes it. */
function resumeParams({ option, value }: ResumePosition): { option: string; value: string } {
  const plain = /^[\w.:/=+-]+$/u.test(value);
  return { option, value: plain ? value : `'${value.replaceAll("'", "'\\''")}'` };
}
