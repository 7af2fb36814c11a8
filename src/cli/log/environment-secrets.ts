import type { Environment } from '../environment.js';

/** Every credential of the environment: none of them may stand in a log or a notice. */
export function environmentSecrets(environment: Environment): readonly (string | null)[] {
  const { workspaceId, plazbotApiKey, platicaApiKey, chatbotxToken } = environment;
  return [workspaceId, plazbotApiKey, platicaApiKey, chatbotxToken];
}
