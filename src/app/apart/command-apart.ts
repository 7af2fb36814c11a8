import type { StartedWork } from '../../core/new-process.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { ACTS_FOR_VARIABLE } from '../../core/team/actor.js';
import type { Language } from '../../locales/index.js';
import type { App } from '../app.js';
import type { Launcher } from '../launch/start-launches.js';
import { ledgerOfChild } from './ledger-of-child.js';

/** How commands are run in processes of their own, and in which language they speak. */
export interface Apart {
  readonly launcher: Launcher;
  readonly language: Language;
  /** Variables beside the launcher's. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The one document of a command that was told `--json`. */
export interface ToldDocument {
  readonly document: unknown;
  /** null: a signal ended it. */
  readonly exitCode: number | null;
}

/** Runs one command on this ledger in a process of its own: what takes long keeps nobody waiting who is served here. */
export function commandApart(
  words: readonly string[],
  { launcher, language, env = {} }: Apart,
  app: Pick<App, 'processes' | 'cwd' | 'ledgerFile' | 'ledgerAddress' | 'usualLedgerFile' | 'operator'>,
): Promise<Result<StartedWork>> {
  const [program, ...first] = launcher.program;
  const ledger = ledgerOfChild(app);
  return app.processes.work({
    program: [program, ...first, ...words, ...ledger.words, `--lang=${language}`],
    cwd: app.cwd,
    env: { ...launcher.env, ...ledger.env, [ACTS_FOR_VARIABLE]: app.operator, ...env },
  });
}

/** Reads the document of a command to its end; a failure: it told none. */
export async function toldDocument({ said, ended }: StartedWork): Promise<Result<ToldDocument>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of said) pieces.push(piece);
  const { exitCode, complaint } = await ended;
  try {
    return ok({ document: JSON.parse(Buffer.concat(pieces).toString('utf8')), exitCode });
  } catch {
    return failed({ code: 'work.ended-early', params: { detail: lastLine(complaint) } });
  }
}

/** What a program complained of last: why it ended. */
export function lastLine(complaint: string): string {
  return complaint.trim().split('\n').at(-1) ?? '';
}
