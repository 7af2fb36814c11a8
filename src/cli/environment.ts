import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { readEnvFile } from './env-file.js';

/** Everything that comes from the environment or `.env`: credentials stand nowhere else. */
export interface Environment {
  readonly workspaceId: string | null;
  readonly plazbotApiKey: string | null;
  readonly platicaApiKey: string | null;
  readonly chatbotxToken: string | null;
  readonly plazbotBaseUrl: string | null;
  readonly platicaBaseUrl: string | null;
  readonly chatbotxBaseUrl: string | null;
  readonly ledger: string | null;
  /** Node is asked not to check the certificates of servers. */
  readonly certificatesUnchecked: boolean;
  /** Folder for the senders' locks. */
  readonly stateDir: string;
}

/**
 * Reads the environment, with `.env` of the working directory behind it: what is set in the environment wins.
 * Problems name the variable, never its value.
 *
 * @param sandbox nothing leaves the machine: what cannot be sent is no problem then
 */
export function readEnvironment(env: NodeJS.ProcessEnv, cwd: string, sandbox: boolean): Result<Environment> {
  const read = readEnvFile(join(cwd, '.env'));
  if (!read.ok) return read;
  const fromFile = read.value;
  const problems: Problem[] = [];
  const value = (name: string): string | null => {
    const text = (env[name] ?? fromFile[name] ?? '').trim();
    // A line break inside a header would be another header.
    if (/[^\x21-\x7e]/u.test(text) && name !== 'PLAZCAST_LEDGER' && name !== 'PLAZCAST_STATE_DIR') {
      problems.push({ code: 'environment.characters', params: { name } });
      return null;
    }
    return text === '' ? null : text;
  };
  const environment = {
    workspaceId: value('PLAZBOT_WORKSPACE_ID'),
    plazbotApiKey: value('PLAZBOT_API_KEY'),
    platicaApiKey: value('PLATICA_API_KEY'),
    chatbotxToken: value('CHATBOTX_TOKEN'),
    plazbotBaseUrl: value('PLAZBOT_BASE_URL'),
    platicaBaseUrl: value('PLATICA_BASE_URL'),
    chatbotxBaseUrl: value('CHATBOTX_BASE_URL'),
    ledger: value('PLAZCAST_LEDGER'),
    certificatesUnchecked: env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0',
    stateDir: resolve(cwd, value('PLAZCAST_STATE_DIR') ?? usualStateDir(env)),
  };
  return sandbox || problems.length === 0 ? ok(environment) : failed(...problems);
}

/** The platform's place for state: https://specifications.freedesktop.org/basedir-spec and its counterparts. */
function usualStateDir(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'plazcast');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'plazcast');
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'plazcast');
}
