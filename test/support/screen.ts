import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, vi } from 'vitest';
import { programNamed } from '../report/programs.js';
import { type CliPlace, IN_SHELL } from './run-cli.js';

/** Path of tmux; null: it is not installed. */
export const TMUX = programNamed('tmux');
const PATIENCE = { timeout: 90_000, interval: 200 };

/** A terminal that a test types into and reads. */
export interface Screen {
  /** Types these keys, as tmux names them. */
  readonly keys: (...keys: readonly string[]) => void;
  /** Has the shell run a command line of plazcast. What stood on the screen is gone by then: no test takes it for an answer. */
  readonly runs: (...words: readonly string[]) => void;
  readonly resize: (columns: number) => void;
  /** Resolves with the screen's text once it holds this. */
  readonly shows: (text: string | RegExp) => Promise<string>;
  /** What the screen shows now, with its colours as escape sequences. */
  readonly coloured: () => string;
}

/** A terminal of 80×24 with a shell in the place's folder. */
export function screenIn(place: CliPlace, environment: Readonly<Record<string, string>> = {}): Screen {
  const socket = `plazcast-${process.pid}-${Math.round(performance.now() * 1000)}`;
  const run = (...args: readonly string[]): string =>
    spawnSync(TMUX ?? 'tmux', ['-L', socket, ...args], { encoding: 'utf8', cwd: place.folder }).stdout;
  const env = { PS1: '$ ', PLAZCAST_STATE_DIR: place.stateDir, LANG: 'C.UTF-8', ...environment };
  const words = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
  const shell = ['env', '-u', 'CI', '-u', 'NO_COLOR', '-u', 'FORCE_COLOR', ...words, 'sh'].join(' ');
  run('-f', '/dev/null', 'new-session', '-d', '-x', '80', '-y', '24', '-s', 'screen', shell);
  onTestFinished(() => void run('kill-server'));
  const keys = (...typed: readonly string[]): void => void run('send-keys', '-t', 'screen', ...typed);
  return {
    keys,
    runs: (...words) => {
      // At once; what the shell clears, behind what is typed, is gone only when it gets to it.
      run('send-keys', '-R', '-t', 'screen');
      keys(['clear;', IN_SHELL, ...words].join(' '), 'Enter');
    },
    resize: (columns) => void run('resize-window', '-t', 'screen', '-x', String(columns), '-y', '24'),
    coloured: () => run('capture-pane', '-e', '-p', '-t', 'screen'),
    shows: (text) =>
      vi.waitFor(() => {
        const shown = run('capture-pane', '-p', '-t', 'screen');
        expect(shown).toMatch(text);
        return shown;
      }, PATIENCE),
  };
}
