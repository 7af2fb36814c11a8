import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a command left behind. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that may still be running. */
interface RunningCommand {
  readonly ended: Promise<CommandEnd>;
  readonly signal: (name: NodeJS.Signals) => void;
}

/** A working folder with an environment of its own, in which the built command runs as a user runs it. */
export interface Workplace {
  readonly ledger: string;
  readonly file: (name: string) => string;
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => RunningCommand;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<CommandEnd>;
}

/** Credentials of every workplace: no output may hold any of them. */
export const SECRETS = {
  PLAZBOT_WORKSPACE_ID: 'workspace-4f1c9e77d2',
  PLAZBOT_API_KEY: 'pb-key-8b31c55a90',
  PLATICA_API_KEY: 'pl_key_77aa01c3fe',
  CHATBOTX_TOKEN: 'cbx-token-5d20e4b91c',
} as const;

/** Makes a workplace for one test. `url` is a sandbox's; without it nothing listens where the commands look. */
export function workplace(url = 'http://127.0.0.1:9'): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const usual = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LANG: 'C',
    PLAZCAST_STATE_DIR: join(folder, 'state'),
    PLAZBOT_BASE_URL: url,
    PLATICA_BASE_URL: url,
    CHATBOTX_BASE_URL: `${url}/api`,
    ...SECRETS,
  };
  const start: Workplace['start'] = (args, env = {}) => started(args, folder, { ...usual, ...env });
  return {
    ledger: join(folder, 'plazcast.db'),
    file: (name) => join(folder, name),
    start,
    run: (args, env) => start(args, env).ended,
  };
}

function started(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): RunningCommand {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CommandEnd>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { ended, signal: (name) => void child.kill(name) };
}

/** Names of the credentials that an output holds: there must be none. */
export function secretsIn({ stdout, stderr }: CommandEnd): readonly string[] {
  return Object.entries(SECRETS)
    .filter(([, secret]) => stdout.includes(secret) || stderr.includes(secret))
    .map(([name]) => name);
}
