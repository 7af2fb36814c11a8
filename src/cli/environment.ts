import { userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../app/environment.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { SettingSource } from '../core/trusted-host.js';
import { readEnvFile } from './env-file.js';
import type { Host } from './host.js';

/**
 * Reads the environment, with `.env` of the working directory behind it: what is set in the environment wins.
 * Problems name the variable, never its value.
 *
 * @param sandbox nothing leaves the machine: what cannot be sent is no problem then
 */
export function readEnvironment(
  host: Pick<Host, 'env' | 'cwd' | 'home'>,
  sandbox: boolean,
): Result<Environment> {
  const { env, cwd } = host;
  const read = readEnvFile(join(cwd, '.env'));
  if (!read.ok) return read;
  const fromFile = read.value;
  const problems: Problem[] = [];
  const sources: Record<string, SettingSource> = {};
  const value = (name: string): string | null => {
    const text = (env[name] ?? fromFile[name] ?? '').trim();
    if (text !== '') sources[name] = env[name] === undefined ? '.env' : 'environment';
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
    metricsToken: value('PLAZCAST_METRICS_TOKEN'),
    oidcClientSecret: value('PLAZCAST_OIDC_CLIENT_SECRET'),
    notifySecret: value('PLAZCAST_NOTIFY_SECRET'),
    user: value('PLAZCAST_USER'),
    certificatesUnchecked: env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0',
    sources,
    stateDir: stateDirOf(value('PLAZCAST_STATE_DIR'), host),
  };
  return sandbox || problems.length === 0 ? ok(environment) : failed(...problems);
}

function stateDirOf(named: string | null, host: Pick<Host, 'env' | 'cwd' | 'home'>): string | null {
  if (named !== null) return resolve(host.cwd, named);
  const usual = usualStateDir(host);
  return usual === null ? null : join(usual, 'plazcast');
}

/**
 * The platform's place for state, or null where there is no home: https://specifications.freedesktop.org/basedir-spec
 * and its counterparts. A relative one would be another one in every working directory.
 */
function usualStateDir({ env, home }: Pick<Host, 'env' | 'home'>): string | null {
  const named = env[process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME'];
  if (process.platform !== 'darwin' && named !== undefined && isAbsolute(named)) return named;
  if (home === null || !isAbsolute(home)) return null;
  if (process.platform === 'win32') return join(home, 'AppData', 'Local');
  return process.platform === 'darwin'
    ? join(home, 'Library', 'Application Support')
    : join(home, '.local', 'state');
}

/** Who gives the word: the account's name, for the record. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
