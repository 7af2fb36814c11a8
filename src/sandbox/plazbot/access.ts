import type { Incoming, SandboxContext } from '../context.js';
import type { SandboxReply } from '../reply.js';
import { errorReply, problemReply } from './answers.js';

/** The workspace a request names in its header, `''` when it names none. */
export function workspaceOf(incoming: Incoming): string {
  const header = incoming.headers['x-workspace-id'];
  return typeof header === 'string' ? header : '';
}

/** The answer to a request that may not pass, or null. Nothing of a key or workspace is repeated in it. */
export function refusedAccess({ settings }: SandboxContext, incoming: Incoming): SandboxReply | null {
  if (settings.apiKey !== null && incoming.headers.authorization !== `Bearer ${settings.apiKey}`) {
    return errorReply(401, 'UNAUTHORIZED', 'The API key is missing or not valid.');
  }
  const workspace = workspaceOf(incoming);
  if (workspace === '') return problemReply(400, 'The header x-workspace-id is required.');
  if (settings.workspaceId !== null && workspace !== settings.workspaceId) {
    return errorReply(403, 'WORKSPACE_NOT_ALLOWED', 'This key has no access to the workspace.');
  }
  return null;
}
