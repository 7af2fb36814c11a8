import {
  type Conversation,
  type ListEnd,
  listExitCode,
  type ResumePosition,
} from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { printProblems } from '../problems.js';
import type { OpenedList } from './open-list.js';
import {
  conversationWithoutSecrets,
  problemWithoutSecrets,
  resumeWithoutSecrets,
} from './without-secrets.js';

/** How a command reads a list. */
export interface ReadingOptions {
  /** Stop after so many records; null: read all. */
  readonly max: number | null;
  /** Draw the number of records on a terminal while they come in. */
  readonly showsProgress: boolean;
  /** Notices said so far, where several readings follow each other: none is said twice. */
  readonly said?: Set<string>;
}

/** One reading of a list: its pages, and afterwards how it ended. */
export class ListReading {
  readonly #list: OpenedList;
  readonly #cli: Cli;
  readonly #options: ReadingOptions;
  #records = 0;
  #pages = 0;
  #unreadable = 0;
  #end: ListEnd | null = null;

  constructor(list: OpenedList, cli: Cli, options: ReadingOptions) {
    this.#list = list;
    this.#cli = cli;
    this.#options = options;
  }

  /** Conversations page by page. Ends with the list, with what keeps it from being read, or at `max`. */
  async *pages(): AsyncGenerator<readonly Conversation[]> {
    const progress = this.#options.showsProgress ? await progressLine(this.#cli) : NO_PROGRESS;
    const max = this.#options.max ?? Number.POSITIVE_INFINITY;
    try {
      for await (const event of this.#list.pages) {
        if (event.kind === 'end') {
          this.#end = event.end;
          return;
        }
        if (event.kind === 'notice') {
          this.#note(event.notice);
          continue;
        }
        const records = event.page.records.slice(0, max - this.#records);
        this.#records += records.length;
        this.#pages += 1;
        this.#unreadable += event.page.unreadable.length;
        progress.show(this.#records);
        yield records.map(({ conversation }) => conversationWithoutSecrets(conversation, this.#list.redact));
        if (this.#records >= max) return;
      }
    } finally {
      progress.done();
    }
  }

  /** Whether a page came: before that nothing is written. */
  get begun(): boolean {
    return this.#pages > 0;
  }

  /** Whether the list was read to its end, or as far as was asked for. */
  get complete(): boolean {
    return this.#end === null || this.#end.kind === 'complete';
  }

  /** 0 when the list was read as far as was asked for, and something of it could be used. */
  get exitCode(): number {
    const read = this.#end === null ? EXIT.done : listExitCode(this.#end);
    return read === EXIT.done && this.#nothingUsable ? EXIT.halted : read;
  }

  get #nothingUsable(): boolean {
    return this.#records === 0 && this.#unreadable > 0;
  }

  /** The end of a command that can do nothing without the list. */
  failure(): CommandFailure {
    const problem = this.#problem() ?? { code: 'list.interrupted' };
    return new CommandFailure(this.exitCode, [problem]);
  }

  /** What was read, for sentences. */
  counts(): { readonly records: number; readonly pages: number } {
    return { records: this.#records, pages: this.#pages };
  }

  /** Says on stderr how the reading ended, if it was not to its end. Returns the exit code. */
  sayEnd(): number {
    const end = this.#end;
    const { terminal, translate, cwd } = this.#cli;
    const problem = this.#problem();
    if (problem !== null) printProblems([problem], terminal, translate, cwd);
    else if (this.#unreadable > 0)
      this.#note({ code: 'list.unreadable', params: { count: this.#unreadable } });
    if (end === null || end.kind === 'complete') return this.exitCode;
    if (end.kind === 'interrupted') terminal.aside(translate('list.interrupted'));
    const { exitCode } = this;
    if (exitCode === EXIT.unreachable) return exitCode;
    terminal.aside(translate('list.incomplete', { records: this.#records, pages: this.#pages }));
    const resume = resumeWithoutSecrets(end.resume, this.#list.redact);
    if (resume !== null) terminal.aside(translate('list.incomplete.resume', resumeParams(resume)));
    return exitCode;
  }

  /** How the reading ended, for `--json`. */
  json(): Readonly<Record<string, unknown>> {
    const problem = this.#problem();
    const said = problem && { code: problem.code, message: this.#cli.translate(problem) };
    const resume = this.#end === null || this.#end.kind === 'complete' ? null : this.#end.resume;
    return {
      from: this.#list.provider,
      records: this.#records,
      pages: this.#pages,
      unreadable: this.#unreadable,
      complete: this.complete,
      problem: said,
      resume: resumeWithoutSecrets(resume, this.#list.redact),
    };
  }

  #problem(): Problem | null {
    if (this.#end?.kind === 'failed') return problemWithoutSecrets(this.#end.problem, this.#list.redact);
    if (!this.#nothingUsable) return null;
    return {
      code: 'list.nothing-usable',
      params: { provider: this.#list.provider, count: this.#unreadable },
    };
  }

  #note(problem: Problem): void {
    const { terminal, translate } = this.#cli;
    const { said = new Set<string>() } = this.#options;
    if (said.has(problem.code)) return;
    said.add(problem.code);
    terminal.aside(`${terminal.colours.yellow(translate('cli.note'))} ${translate(problem)}`);
  }
}

/** A value as a shell takes it. */
function resumeParams({ option, value }: ResumePosition): { option: string; value: string } {
  const plain = /^[\w.:/=+-]+$/u.test(value);
  return { option, value: plain ? value : `'${value.replaceAll("'", "'\\''")}'` };
}

const NO_PROGRESS = { show: (_records: number): void => undefined, done: (): void => undefined };

async function progressLine(cli: Cli): Promise<typeof NO_PROGRESS> {
  if (!cli.terminal.live) return NO_PROGRESS;
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(cli.terminal.screen);
  let text = '';
  cli.terminal.hold({ lift: () => update.clear(), drop: () => update(text) });
  return {
    show: (records) => {
      text = cli.translate('list.progress', { records });
      update(text);
    },
    done: () => {
      cli.terminal.hold(null);
      update.clear();
      update.done();
    },
  };
}
