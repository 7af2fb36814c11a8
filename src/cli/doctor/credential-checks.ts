import type { Environment } from '../../app/environment.js';
import { type Finding, failure, fine } from './finding.js';

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
