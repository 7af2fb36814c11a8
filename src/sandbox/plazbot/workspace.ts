import { type Handler, logged } from '../context.js';
import { json, whole } from '../reply.js';
import { refusedAccess, workspaceOf } from './access.js';
import { errorReply } from './answers.js';

/** `GET /api/workspace/{id}`: the name and time zone of a workspace. */
export const showWorkspace: Handler = (context, incoming) => {
  const denied = refusedAccess(context, incoming);
  if (denied !== null) return logged(context, incoming, whole(denied));
  const id = decoded(incoming.path.slice(incoming.path.lastIndexOf('/') + 1));
  if (id !== workspaceOf(incoming)) {
    return logged(
      context,
      incoming,
      whole(errorReply(404, 'WORKSPACE_NOT_FOUND', 'There is no such workspace.')),
    );
  }
  const data = { id, name: 'Sandbox', timezone: 'America/Lima' };
  const message = 'Workspace obtained successfully.';
  return logged(context, incoming, whole(json(200, { success: true, code: 200, message, data })));
};

/** `GET /api/template/actives`: the templates that exist; where every name is taken, those that were sent. */
export const listTemplates: Handler = (context, incoming) => {
  const denied = refusedAccess(context, incoming);
  if (denied !== null) return logged(context, incoming, whole(denied));
  const known = context.settings.templates?.map((template) => template.name);
  const names = known ?? context.log.templates(workspaceOf(incoming));
  const data = names.map((name) => ({ name, status: 'APPROVED', language: 'es', category: 'MARKETING' }));
  const message = 'List obtained successfully.';
  return logged(context, incoming, whole(json(200, { success: true, code: 200, message, data })));
};

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
