import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../app/environment.js';
import { type Finding, failure, fine, warning } from './finding.js';

/** Places that should be this user's alone. */
export interface PrivatePlaces {
  readonly cwd: string;
  readonly ledgerFile: string;
  readonly stateDir: string | null;
}

/** What other users of this machine may read or change, and a `.env` that is none. */
export function privateFindings({ cwd, ledgerFile, stateDir }: PrivatePlaces): readonly Finding[] {
  const env = join(cwd, '.env');
  const places = [env, ledgerFile, ...(stateDir === null ? [] : [stateDir])];
  return [...envFindings(env), ...places.flatMap(openFindings)];
}

/** Windows shows `.env.txt` as `.env`; Python keeps its environments in folders of that name. */
function envFindings(env: string): readonly Finding[] {
  const there = statSync(env, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) return [warning('doctor.env.folder', { path: env })];
  const text = `${env}.txt`;
  if (there !== undefined || lstatSync(text, { throwIfNoEntry: false }) === undefined) return [];
  return [warning('doctor.env.txt', { path: text })];
}

function openFindings(path: string): readonly Finding[] {
  const own = process.geteuid?.();
  const there = statSync(path, { throwIfNoEntry: false });
  // Windows has no such permissions.
  if (own === undefined || there === undefined) return [];
  if (there.uid !== own && there.uid !== 0) return [warning('doctor.private.foreign', { path })];
  const mode = there.mode & 0o777;
  if ((mode & 0o077) === 0) return [];
  return [warning('doctor.private.open', { path, mode: octal(mode), wanted: octal(wantedMode(there)) })];
}

function wantedMode(there: Stats): number {
  return there.isDirectory() ? 0o700 : 0o600;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}

/** Which credentials are there. Their values are never shown. */
export function credentialFindings(environment: Environment): readonly Finding[] {
  const { workspaceId, plazbotApiKey, platicaApiKey, chatbotxToken } = environment;
  return [
    workspaceId === null
      ? failure('environment.no-workspace')
      : fine('doctor.credential.set', { name: 'PLAZBOT_WORKSPACE_ID' }),
    optional('PLAZBOT_API_KEY', plazbotApiKey, 'doctor.credential.api-key'),
    optional('PLATICA_API_KEY', platicaApiKey, 'doctor.credential.list'),
    optional('CHATBOTX_TOKEN', chatbotxToken, 'doctor.credential.list'),
  ];
}

function optional(
  name: string,
  value: string | null,
  missing: 'doctor.credential.api-key' | 'doctor.credential.list',
): Finding {
  return value === null ? fine(missing, { name }) : fine('doctor.credential.set', { name });
}
