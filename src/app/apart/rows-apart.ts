import { LedgerError } from '../../core/ledger/ledger.js';
import type { AnsweringWork } from '../../core/new-process.js';
import { type Problem, ProblemsThrown, type Result } from '../../core/problem.js';
import type { Language } from '../../locales/index.js';
import type { App } from '../app.js';
import type { Launcher } from '../launch/start-launches.js';
import { answerRows, type RowsAnswers, type RowsQuestion } from '../rows/answer-rows.js';
import { RowsAtHand } from '../rows/rows-at-hand.js';
import { lastLine } from './command-apart.js';
import { ledgerOfChild } from './ledger-of-child.js';

/** Variable of the environment by which a process knows that it is to answer questions about rows. */
export const ROWS_VARIABLE = 'PLAZCAST_PAGE_ROWS';

/** After so long without a question the process is let go: a large list takes memory. */
const KEPT_MS = 10 * 60_000;

/** A question on its way to the process, in whose language lists of rejected rows are written. */
export interface RowsAskedApart {
  readonly question: RowsQuestion;
  readonly language: Language;
}

type AnsweredApart =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'bug'; readonly text: string };

/** The rows of the lists that somebody looks at, in a process of its own: a million of them keep nobody waiting here. */
export class RowsApart {
  readonly #launcher: Launcher;
  readonly #app: App;
  #work: Promise<Result<AnsweringWork>> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(launcher: Launcher, app: App) {
    this.#launcher = launcher;
    this.#app = app;
  }

  /** Asks; the process is started by the first question, and anew where it has ended. */
  async ask<Kind extends RowsQuestion['kind']>(
    question: Extract<RowsQuestion, { kind: Kind }>,
    language: Language,
  ): Promise<RowsAnswers[Kind]> {
    const work = await this.#begun();
    if (!work.ok) throw new WorkProblems(work.problems);
    const told = (await work.value.ask({ question, language }).catch((error: Error) => {
      const detail = lastLine(error.message);
      throw new WorkProblems([{ code: 'work.ended-early', params: { detail } }]);
    })) as AnsweredApart;
    if (told.kind === 'problems') throw new WorkProblems(told.problems);
    if (told.kind === 'bug') throw new Error(told.text);
    return told.answer as RowsAnswers[Kind];
  }

  /** Lets the process go. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const begun = this.#work;
    this.#work = null;
    const work = await begun;
    if (work?.ok !== true) return;
    work.value.close();
    await work.value.ended;
  }

  #begun(): Promise<Result<AnsweringWork>> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.close(), KEPT_MS).unref();
    if (this.#work !== null) return this.#work;
    const [program, ...first] = this.#launcher.program;
    const ledger = ledgerOfChild(this.#app);
    const begun = this.#app.processes.converse({
      program: [program, ...first, 'serve', ...ledger.words],
      cwd: this.#app.cwd,
      env: { ...this.#launcher.env, ...ledger.env, [ROWS_VARIABLE]: 'yes' },
    });
    this.#work = begun;
    const over = (): void => {
      if (this.#work === begun) this.#work = null;
    };
    void begun.then((work) => (work.ok ? work.value.ended.then(over) : over()));
    return begun;
  }
}

/** What kept the question from being answered. */
class WorkProblems extends ProblemsThrown {}

/** The other half: what that process answers. */
export function rowsAnswering(
  appIn: (language: Language) => App,
): (asked: unknown) => Promise<AnsweredApart> {
  const atHand = new RowsAtHand();
  return async (asked) => {
    const { question, language } = asked as RowsAskedApart;
    try {
      return { kind: 'answer', answer: await answerRows(question, atHand, appIn(language)) };
    } catch (error) {
      if (error instanceof LedgerError) return { kind: 'problems', problems: [error.problem] };
      if (error instanceof ProblemsThrown) return { kind: 'problems', problems: error.problems };
      return { kind: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}
